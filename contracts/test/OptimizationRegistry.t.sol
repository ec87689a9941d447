// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Test} from "forge-std/Test.sol";

import {Authority} from "../Authority.sol";
import {Biome, IOptimizationRegistry} from "../interfaces/IOptimizationRegistry.sol";
import {OptimizationRegistry} from "../OptimizationRegistry.sol";

contract OptimizationRegistryTest is Test {
    address private immutable HARVESTER = makeAddr("harvester");
    address private immutable STRANGER = makeAddr("stranger");
    bytes32 private constant DIGITAL_HOST = keccak256("unregistered.example");
    bytes32 private constant CLAIM = keccak256("claim");
    uint64 private constant KIB = 1024;

    OptimizationRegistry private registry;

    function setUp() public {
        vm.warp(1_760_000_000);
        Authority authority = new Authority(address(this));
        registry = new OptimizationRegistry(address(authority), IERC20(address(0)), address(0));
        bytes4[] memory selectors = new bytes4[](3);
        selectors[0] = registry.registerHost.selector;
        selectors[1] = registry.recordSaving.selector;
        selectors[2] = registry.recordSlash.selector;
        authority.setTargetFunctionRole(address(registry), selectors, 1);
        authority.grantRole(1, address(this), 0);
    }

    /* REFUSALS */

    function test_a_stranger_records_and_registers_nothing() public {
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER);
        vm.startPrank(STRANGER);
        vm.expectRevert(refusal);
        registry.recordSaving(STRANGER, DIGITAL_HOST, CLAIM, KIB);
        vm.expectRevert(refusal);
        registry.recordSlash(HARVESTER, CLAIM, KIB);
        vm.expectRevert(refusal);
        registry.registerHost("a.example", STRANGER, Biome.PRODUCTION);
    }

    function test_a_host_with_a_capital_letter_is_refused() public {
        vm.expectRevert(abi.encodeWithSelector(IOptimizationRegistry.HostCharacterRefused.selector, 5, bytes1("E")));
        registry.registerHost("shop.Example", STRANGER, Biome.DIGITAL);
    }

    function testFuzz_a_host_with_any_other_character_is_refused(bytes1 character) public {
        bool isAllowed = (character >= "a" && character <= "z") || (character >= "0" && character <= "9")
            || character == "-" || character == "." || character == "_";
        string memory host = string(abi.encodePacked("a", character));
        if (!isAllowed) {
            vm.expectRevert(abi.encodeWithSelector(IOptimizationRegistry.HostCharacterRefused.selector, 1, character));
        }
        registry.registerHost(host, STRANGER, Biome.DIGITAL);
    }

    function test_an_empty_or_overlong_host_is_refused() public {
        vm.expectRevert(abi.encodeWithSelector(IOptimizationRegistry.HostLengthOutOfRange.selector, 0));
        registry.registerHost("", STRANGER, Biome.DIGITAL);

        bytes memory host = new bytes(254);
        for (uint256 i = 0; i < host.length; ++i) {
            host[i] = "a";
        }
        vm.expectRevert(abi.encodeWithSelector(IOptimizationRegistry.HostLengthOutOfRange.selector, 254));
        registry.registerHost(string(host), STRANGER, Biome.DIGITAL);
    }

    function test_a_host_of_nobody_is_refused() public {
        vm.expectRevert(IOptimizationRegistry.HostOwnerZero.selector);
        registry.registerHost("a.example", address(0), Biome.DIGITAL);
    }

    function test_a_parcel_that_was_not_earned_has_no_biome() public {
        registry.recordSaving(HARVESTER, DIGITAL_HOST, CLAIM, 100 * KIB);
        vm.expectRevert(abi.encodeWithSelector(IOptimizationRegistry.ParcelNotEarned.selector, HARVESTER, 1, 1));
        registry.parcelBiomeOf(HARVESTER, 1);
    }

    /* HOSTS */

    function test_a_host_is_known_by_the_hash_of_its_name() public {
        vm.expectEmit();
        emit IOptimizationRegistry.HostRegistered(
            keccak256("news.example"), STRANGER, Biome.PROFESSIONAL, "news.example"
        );
        bytes32 domainId = registry.registerHost("news.example", STRANGER, Biome.PROFESSIONAL);
        assertEq(domainId, keccak256("news.example"));
        assertEq(uint256(registry.biomeOf(domainId)), uint256(Biome.PROFESSIONAL));
        assertEq(registry.ownerOf(domainId), STRANGER);
    }

    function test_an_unregistered_host_is_digital() public view {
        assertEq(uint256(registry.biomeOf(DIGITAL_HOST)), uint256(Biome.DIGITAL));
    }

    /* REPUTATION */

    function testFuzz_reputation_loses_no_remainder(uint32[6] calldata savings) public {
        uint256 sum = 0;
        for (uint256 i = 0; i < savings.length; ++i) {
            registry.recordSaving(HARVESTER, DIGITAL_HOST, CLAIM, savings[i]);
            sum += savings[i];
        }
        assertEq(registry.verifiedBytesOf(HARVESTER), sum);
        assertEq(registry.reputationOf(HARVESTER), int256(sum / 1024));
    }

    function test_a_slashed_claim_costs_ten_points_a_kib() public {
        registry.recordSaving(HARVESTER, DIGITAL_HOST, CLAIM, 25 * KIB + 1023);
        vm.expectEmit();
        emit IOptimizationRegistry.ReputationSlashed(HARVESTER, CLAIM, 3 * KIB, -5);
        registry.recordSlash(HARVESTER, CLAIM, 3 * KIB);
        assertEq(registry.reputationOf(HARVESTER), -5);
    }

    function test_a_bad_name_earns_no_less_than_a_new_one() public {
        registry.recordSlash(HARVESTER, CLAIM, 300 * KIB);
        assertEq(registry.rewardOf(HARVESTER, DIGITAL_HOST, KIB), 0.1e18);
    }

    function test_a_saving_is_paid_by_the_reputation_before_it() public {
        uint256 first = registry.recordSaving(HARVESTER, DIGITAL_HOST, CLAIM, 100 * KIB);
        assertEq(first, 10e18);
        assertEq(registry.rewardOf(HARVESTER, keccak256("other.example"), 100 * KIB), 15e18);
    }

    /* HOST DECAY */

    function test_the_kth_claim_on_a_host_inside_thirty_days_is_halved_k_times() public {
        for (uint256 k = 0; k < 10; ++k) {
            assertEq(registry.recentClaimsOf(DIGITAL_HOST), k);
            assertEq(registry.recordSaving(address(uint160(k + 1)), DIGITAL_HOST, CLAIM, 10 * KIB), 1e18 >> k);
        }
    }

    function test_a_claim_stops_halving_after_thirty_days_to_the_second() public {
        registry.recordSaving(HARVESTER, DIGITAL_HOST, CLAIM, KIB);
        skip(30 days - 1);
        assertEq(registry.recentClaimsOf(DIGITAL_HOST), 1);
        skip(1);
        assertEq(registry.recentClaimsOf(DIGITAL_HOST), 0);
    }

    /// forge-config: default.fuzz.runs = 32
    function testFuzz_recent_claims_are_those_of_the_last_thirty_days(uint32[80] calldata gaps) public {
        uint256[80] memory paidAt;
        for (uint256 i = 0; i < gaps.length; ++i) {
            skip(bound(gaps[i], 0, 2 days));
            uint256 expected = 0;
            for (uint256 j = 0; j < i; ++j) {
                if (paidAt[j] + 30 days > block.timestamp) ++expected;
            }
            assertEq(registry.recentClaimsOf(DIGITAL_HOST), expected < 60 ? expected : 60);
            registry.recordSaving(HARVESTER, DIGITAL_HOST, CLAIM, KIB);
            paidAt[i] = block.timestamp;
        }
    }

    /* LAND */

    function test_a_parcel_has_the_biome_of_the_saving_that_completed_it() public {
        bytes32 shop = registry.registerHost("shop.example", STRANGER, Biome.COMMERCIAL);
        bytes32 app = registry.registerHost("app.example", STRANGER, Biome.PRODUCTION);
        registry.recordSaving(HARVESTER, shop, CLAIM, 99 * KIB);
        assertEq(registry.parcelsOf(HARVESTER), 0);
        registry.recordSaving(HARVESTER, app, CLAIM, KIB);
        registry.recordSaving(HARVESTER, shop, CLAIM, 250 * KIB);
        registry.recordSaving(HARVESTER, app, CLAIM, 49 * KIB);
        registry.recordSaving(HARVESTER, DIGITAL_HOST, CLAIM, KIB);

        assertEq(registry.parcelsOf(HARVESTER), 4);
        assertEq(uint256(registry.parcelBiomeOf(HARVESTER, 0)), uint256(Biome.PRODUCTION));
        assertEq(uint256(registry.parcelBiomeOf(HARVESTER, 1)), uint256(Biome.COMMERCIAL));
        assertEq(uint256(registry.parcelBiomeOf(HARVESTER, 2)), uint256(Biome.COMMERCIAL));
        assertEq(uint256(registry.parcelBiomeOf(HARVESTER, 3)), uint256(Biome.DIGITAL));
    }

    function test_a_later_change_of_the_host_leaves_earned_parcels_alone() public {
        bytes32 host = registry.registerHost("shop.example", STRANGER, Biome.COMMERCIAL);
        registry.recordSaving(HARVESTER, host, CLAIM, 100 * KIB);
        registry.registerHost("shop.example", STRANGER, Biome.PRODUCTION);
        assertEq(uint256(registry.parcelBiomeOf(HARVESTER, 0)), uint256(Biome.COMMERCIAL));
    }
}
