// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What governance may set: figures, rule sets, the verifier set, and a pause that stops the clock
/// @dev Warning: a parameter applies to pending claims too, except the window and the bond, which are fixed at reveal.
interface ISettings {
    event VerifierSet(address indexed verifier, bool isVerifier);
    event ParametersSet(uint64 windowSeconds, uint8 quorum, uint256 minimumBondWei, uint256 dshPriceWei);
    event AnswerSecondsSet(uint64 answerSeconds);
    event AttestedPercentSet(uint16 indexed ruleset, uint8 percent);
    event RulesetAdded(uint16 indexed ruleset, address indexed rules);
    event Paused(address account);
    event Unpaused(address account);

    error MinimumWindowTooShort(uint64 minimumSeconds, uint64 floorSeconds);
    error RequiredBitsTooFew(uint8 bits, uint8 fewest);
    error WindowOutOfRange(uint64 windowSeconds, uint64 minimumSeconds, uint64 maximumSeconds);
    error AnswerOutOfRange(uint64 answerSeconds, uint64 minimumSeconds, uint64 maximumSeconds);
    error AttestedPercentTooLarge(uint8 percent, uint8 maximum);
    error QuorumOutOfRange(uint8 quorum, uint8 maximum);
    error VerifierUnchanged(address verifier, bool isVerifier);
    error VerifierZero();
    error VerifierSeatsTaken(uint8 seats);
    error RulesetFixed(uint16 ruleset, address rules);
    error RulesetHasNoCode(address rules);
    error RulesetUnknown(uint16 ruleset);
    error IsPaused();
    error IsNotPaused();

    /// @notice Only GOVERNOR.
    /// @param dshPriceWei upper bound of what one whole DSH is worth, in wei of the bond token
    /// @param answerSeconds how long a claim has to answer a demand; at most the window
    /// @dev Warning: a price below the market's makes a lie cheaper than four times what it could earn.
    /// @dev Warning: a smallest bond below 64 times what an answer costs lets a stranger make a prover pay for answers.
    function setParameters(
        uint64 windowSeconds,
        uint8 quorum,
        uint256 minimumBondWei,
        uint256 dshPriceWei,
        uint64 answerSeconds
    ) external;

    /// @notice Seats or unseats a verifier node. Only ELECTOR.
    /// @dev Warning: an unseated node's votes on pending claims stop counting. Its seat is given out again only when all
    /// others have been used; the new holder then inherits the old votes on claims that are still pending.
    function setVerifier(address verifier, bool isVerifier) external;

    /// @notice Names a rule set, once and for ever. Only GOVERNOR.
    function addRuleset(uint16 ruleset, address rules) external;

    /// @notice How many percent of the bytes count that attested rules saved, at most 25; zero until set. Only GOVERNOR.
    function setAttestedPercent(uint16 ruleset, uint8 percent) external;

    /// @notice Stops reveal, finalize and the clock, never a proof. Only PAUSER.
    function pause() external;

    /// @notice Only PAUSER.
    function unpause() external;

    function isPaused() external view returns (bool);

    /// @notice Unix seconds less all seconds spent paused. Deadlines are kept in it, so that a pause extends them.
    function runningTime() external view returns (uint64);

    function rulesetOf(uint16 ruleset) external view returns (address);
    function attestedPercentOf(uint16 ruleset) external view returns (uint8);
    function quorum() external view returns (uint8);
    function answerSeconds() external view returns (uint64);
    function windowSeconds() external view returns (uint64);
    function minimumWindowSeconds() external view returns (uint64);
    function minimumBondWei() external view returns (uint256);
    function dshPriceWei() external view returns (uint256);
    /// @notice What a vote must say to count, as bits: 1 the source is served, 2 renders equal, 4 data available and the
    /// three roots recomputed. Fixed at deployment; all three on any chain but a development one.
    function requiredBits() external view returns (uint8);
    function isVerifier(address account) external view returns (bool);

    /// @notice The account's seat as one bit of 96, zero if it is no verifier.
    function seatOf(address account) external view returns (uint96);

    /// @notice All seats that somebody holds.
    function seatsTaken() external view returns (uint96);
}
