// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Test} from "forge-std/Test.sol";

import {Authority} from "../../Authority.sol";
import {DOMSpaceToken} from "../../DOMSpaceToken.sol";
import {PlanTerms, Price} from "../../interfaces/IPlanRegistry.sol";
import {OptimizationRegistry} from "../../OptimizationRegistry.sol";
import {PlanRegistry} from "../../PlanRegistry.sol";

/// @dev A plain stable token of six decimals.
contract StableToken is ERC20 {
    constructor() ERC20("Stable", "USD") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }
}

/// @title The plans of DOMAIN.md behind a proxy, and two clients with money
abstract contract PlansFixture is Test {
    uint64 internal constant GOVERNOR = 1;
    uint64 internal constant CASHIER = 8;
    uint64 internal constant METER = 11;
    uint64 internal constant STEWARD = 12;
    uint64 internal constant UPGRADER = 13;

    uint8 internal constant STARTER = 1;
    uint8 internal constant PROFESSIONAL = 2;
    uint8 internal constant ENTERPRISE = 3;
    uint256 internal constant MONTH = 30 days;
    uint256 internal constant DEAR = type(uint256).max;

    address internal immutable TREASURY = makeAddr("treasury");
    address internal immutable CLIENT = makeAddr("client");
    address internal immutable OTHER = makeAddr("other");
    bytes32 internal immutable DOMAIN = keccak256("shop.lightdom.example");

    Authority internal authority;
    DOMSpaceToken internal dsh;
    StableToken internal usd;
    OptimizationRegistry internal registry;
    PlanRegistry internal plans;

    function setUp() public virtual {
        vm.warp(1_760_000_000);
        authority = Authority(deployCode("Authority", abi.encode(address(this))));
        dsh = DOMSpaceToken(deployCode("DOMSpaceToken", abi.encode(authority, address(this))));
        usd = new StableToken();
        registry = OptimizationRegistry(deployCode("OptimizationRegistry", abi.encode(authority, dsh, TREASURY)));
        address implementation = deployCode("PlanRegistry", abi.encode(dsh, registry, TREASURY));
        plans = PlanRegistry(
            address(new ERC1967Proxy(implementation, abi.encodeCall(PlanRegistry.initialize, (address(authority)))))
        );
        _allow(address(registry), registry.recordFees.selector, CASHIER);
        _allow(address(plans), plans.setPlan.selector, GOVERNOR);
        _allow(address(plans), plans.setPrice.selector, GOVERNOR);
        _allow(address(plans), plans.anchorUsage.selector, METER);
        _allow(address(plans), plans.suspend.selector, STEWARD);
        _allow(address(plans), plans.resume.selector, STEWARD);
        _allow(address(plans), plans.upgradeToAndCall.selector, UPGRADER);
        uint64[4] memory roles = [GOVERNOR, METER, STEWARD, UPGRADER];
        for (uint256 i = 0; i < roles.length; ++i) {
            authority.grantRole(roles[i], address(this), 0);
        }
        authority.grantRole(CASHIER, address(plans), 0);
        _sell(STARTER, "Starter", 29, 0, 5);
        _sell(PROFESSIONAL, "Professional", 99, 0, 3);
        _sell(ENTERPRISE, "Enterprise", 499, 1_000, 1);
        _fund(CLIENT);
        _fund(OTHER);
    }

    function _sell(uint8 planId, string memory name, uint128 month, uint128 setUpFee, uint128 overageCents) private {
        plans.setPlan(planId, name, _terms());
        plans.setPrice(planId, address(dsh), Price(month * 1e18, setUpFee * 1e18, overageCents * 1e16));
        plans.setPrice(planId, address(usd), Price(month * 1e6, setUpFee * 1e6, overageCents * 1e4));
    }

    function _terms() internal pure returns (PlanTerms memory) {
        return PlanTerms({
            requestsPerMonth: 1_000,
            storageBytes: 1 << 30,
            apiCallsPerDay: 100,
            tasksPerMonth: 50,
            generateJobsPerMonth: 0,
            refactorJobsPerMonth: 0,
            debugJobsPerMonth: 0,
            deploymentsPerMonth: 0,
            isOpen: true
        });
    }

    function _fund(address account) internal {
        require(dsh.transfer(account, 1_000_000e18));
        usd.mint(account, 1_000_000e6);
        vm.startPrank(account);
        dsh.approve(address(plans), type(uint256).max);
        usd.approve(address(plans), type(uint256).max);
        vm.stopPrank();
    }

    function _subscribe(address client, uint8 planId, ERC20 token, uint32 months) internal {
        vm.prank(client);
        plans.subscribe(planId, address(token), months, DEAR);
    }

    function _allow(address target, bytes4 selector, uint64 role) internal {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        authority.setTargetFunctionRole(target, selectors, role);
    }
}
