// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a plan includes. A month is 30 days.
struct PlanTerms {
    uint64 requestsPerMonth;
    uint64 storageBytes;
    uint32 apiCallsPerDay;
    uint32 tasksPerMonth;
    uint32 generateJobsPerMonth;
    uint32 refactorJobsPerMonth;
    uint32 debugJobsPerMonth;
    uint32 deploymentsPerMonth;
    /// false: nobody may begin or renew it, running months go on
    bool isOpen;
}

/// @notice What a plan costs in one token, in that token's smallest unit. `month` = 0: the token is not taken for it.
struct Price {
    uint128 month;
    uint128 setUp;
    uint128 overagePerRequest;
}

/// @notice Where a client's subscription stands.
enum ClientStatus {
    None,
    Trial,
    Active,
    PastDue,
    Suspended,
    Cancelled
}

/// @notice One client's subscription.
struct Subscription {
    address token;
    uint8 planId;
    bool isSuspended;
    bool isCancelled;
    uint40 trialUntil;
    /// paid for and not yet served, in the token's smallest unit
    uint128 unearned;
    /// up to where `unearned` has been counted down; in the future if paid time begins after a trial
    uint40 settledAt;
    uint40 paidUntil;
    /// whose pages the fees pay for
    bytes32 domainId;
}

/// @title Plans, and the clients who subscribe to them
/// @notice A client pays whole months ahead. What is paid stays here, and becomes a fee as time passes; what is not yet
/// served is the client's: it goes over to another plan, and whole months not begun come back on cancellation.
/// Invariant, for each token: balance >= unearned + overage deposits + fees not passed on + credits.
/// @dev Warning: a token that rebases or can freeze this contract strands what was paid in it. Governance names the tokens.
interface IPlanRegistry {
    event PlanSet(uint8 indexed planId, string name, PlanTerms terms);
    event PriceSet(uint8 indexed planId, address indexed token, Price price);
    event TrialStarted(address indexed client, uint8 indexed planId, uint40 trialUntil);
    event Subscribed(
        address indexed client,
        uint8 indexed planId,
        address indexed token,
        address payer,
        uint32 months,
        uint256 paid,
        uint256 setUp,
        uint40 paidUntil
    );
    event PlanChanged(
        address indexed client,
        uint8 indexed fromPlanId,
        uint8 indexed toPlanId,
        uint256 paid,
        uint256 credited,
        uint40 paidUntil
    );
    event Cancelled(address indexed client, uint256 credited, uint40 paidUntil);
    event Suspended(address indexed client, bytes32 reason);
    event Resumed(address indexed client);
    event DomainSet(address indexed client, bytes32 indexed domainId);
    event FeesEarned(address indexed client, address indexed token, bytes32 indexed domainId, uint256 amount);
    event FeesPassedOn(address indexed token, bytes32 indexed domainId, uint256 amount);
    event Withdrawn(address indexed account, address indexed token, uint256 amount);

    error PlanUnknown(uint8 planId);
    error PlanClosed(uint8 planId);
    error PlanSame(uint8 planId);
    error PlanNameEmpty();
    error TokenNotTaken(uint8 planId, address token);
    error PriceOfNothing(uint8 planId, address token);
    error MonthsOutOfRange(uint32 months, uint32 maximum);
    error PaidTooFarAhead(address client, uint256 paidUntil, uint256 latest);
    error TooDear(uint256 due, uint256 maximum);
    error PaymentShort(uint256 due, uint256 received);
    error TrialUsed(address client);
    error StillPaid(address client, uint40 paidUntil);
    error NothingPaid(address client);
    error NeverSubscribed(address client);
    error ClientSuspended(address client);
    error ClientNotSuspended(address client);
    error AlreadyCancelled(address client);
    error NothingToPassOn(address token, bytes32 domainId);
    error NothingToWithdraw(address token, address account);

    /// @notice Names a plan, or changes what it includes from now on, running months as well. Only GOVERNOR.
    function setPlan(uint8 planId, string calldata name, PlanTerms calldata terms) external;

    /// @notice What is bought from now on costs this; what is paid stays paid. Only GOVERNOR.
    function setPrice(uint8 planId, address token, Price calldata price) external;

    /// @notice Thirty days of a plan, once for each client, which never paid before.
    function startTrial(uint8 planId) external;

    /// @notice Begins a plan for the caller, whose paid time is over. Running trial days of the same plan are kept.
    /// @param maximum the most that the caller is ready to pay, set-up fee included
    function subscribe(uint8 planId, address token, uint32 months, uint256 maximum) external;

    /// @notice Adds months to a client's plan, in its token. Anyone may pay.
    function renew(address client, uint32 months, uint256 maximum) external;

    /// @notice Goes over to another plan until the same day: what is not yet served counts, the difference is paid or
    /// credited. The set-up fee of a plan is paid once.
    function changePlan(uint8 planId, uint256 maximum) external;

    /// @notice Ends the plan with the month that has begun; whole months after it are credited. A suspended client gets
    /// all that was not served, and ends at once.
    function cancel() external;

    /// @notice Whose pages the fees pay for from now on: only there can rewards be earned out of them.
    function setDomain(bytes32 domainId) external;

    /// @notice Stops a client, with a reason that is published. It loses no money. Only STEWARD.
    function suspend(address client, bytes32 reason) external;

    /// @notice Only STEWARD.
    function resume(address client) external;

    /// @notice Counts as fees what a client's passed time has cost. Anyone may call.
    function settle(address client) external returns (uint256 earned);

    /// @notice Hands fees on to the treasury, those in DSH through the domain's budget. Anyone may call.
    function passOn(address token, bytes32 domainId) external returns (uint256 amount);

    /// @notice Sends an account what was credited to it. Anyone may call.
    function withdraw(address token, address account) external returns (uint256 amount);

    function planOf(uint8 planId) external view returns (string memory name, PlanTerms memory terms);
    function priceOf(uint8 planId, address token) external view returns (Price memory);
    function subscriptionOf(address client) external view returns (Subscription memory);

    /// @notice Trial and Active may use the plan; PastDue may for seven days after its end; then Suspended; thirty days
    /// later Cancelled.
    function statusOf(address client) external view returns (ClientStatus);

    function hasPaidSetUp(address client, uint8 planId) external view returns (bool);
    function feesOf(address token, bytes32 domainId) external view returns (uint256);
    function credits(address token, address account) external view returns (uint256);
}
