// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Test} from "forge-std/Test.sol";

import {Authority} from "../Authority.sol";
import {Biome} from "../interfaces/IOptimizationRegistry.sol";
import {IVirtualLandNFT, Land} from "../interfaces/IVirtualLandNFT.sol";
import {OptimizationRegistry} from "../OptimizationRegistry.sol";
import {LandMetadata} from "../libraries/LandMetadata.sol";
import {VirtualLandNFT} from "../VirtualLandNFT.sol";

contract VirtualLandNFTTest is Test {
    address private immutable HARVESTER = makeAddr("harvester");
    uint64 private constant PARCEL = 100 * 1024;

    OptimizationRegistry private registry;
    VirtualLandNFT private land;
    bytes32 private shop;

    function setUp() public {
        vm.warp(1_760_000_000);
        Authority authority = new Authority(address(this));
        registry = new OptimizationRegistry(address(authority), IERC20(address(0)), address(0));
        land = new VirtualLandNFT(registry);
        shop = registry.registerHost("shop.example", address(this), Biome.COMMERCIAL);
    }

    /* REFUSALS */

    function test_a_parcel_that_does_not_exist_has_no_land_and_no_metadata() public {
        bytes memory refusal = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 1);
        vm.expectRevert(refusal);
        land.landOf(1);
        vm.expectRevert(refusal);
        land.tokenURI(1);
    }

    function test_nothing_is_minted_before_a_hundred_kib() public {
        registry.recordSaving(HARVESTER, shop, 0, PARCEL - 1);
        assertEq(land.mintEarned(HARVESTER), 0);
        assertEq(land.totalSupply(), 0);
    }

    function test_a_parcel_is_minted_once() public {
        registry.recordSaving(HARVESTER, shop, 0, PARCEL);
        assertEq(land.mintEarned(HARVESTER), 1);
        assertEq(land.mintEarned(HARVESTER), 0);
        assertEq(land.balanceOf(HARVESTER), 1);
    }

    /* MINT */

    function test_a_parcel_goes_to_its_harvester_whoever_calls() public {
        registry.recordSaving(HARVESTER, shop, 0, PARCEL);
        vm.expectEmit();
        emit IVirtualLandNFT.LandMinted(1, HARVESTER, Biome.COMMERCIAL, 1, 100);
        vm.prank(makeAddr("stranger"));
        land.mintEarned(HARVESTER);
        assertEq(land.ownerOf(1), HARVESTER);
        Land memory parcel = land.landOf(1);
        assertEq(uint256(parcel.biome), uint256(Biome.COMMERCIAL));
        assertEq(parcel.level, 1);
        assertEq(parcel.areaSquareMetres, 100);
    }

    function test_a_parcel_that_was_sold_is_not_minted_again() public {
        registry.recordSaving(HARVESTER, shop, 0, PARCEL);
        land.mintEarned(HARVESTER);
        vm.prank(HARVESTER);
        land.transferFrom(HARVESTER, address(this), 1);
        assertEq(land.mintEarned(HARVESTER), 0);
    }

    function testFuzz_calls_of_at_most_twenty_mint_all_that_was_earned(uint8 parcels) public {
        registry.recordSaving(HARVESTER, shop, 0, uint64(parcels) * PARCEL);
        for (uint256 left = parcels; left != 0;) {
            uint256 minted = land.mintEarned(HARVESTER);
            assertEq(minted, left < 20 ? left : 20);
            left -= minted;
        }
        assertEq(land.mintedOf(HARVESTER), parcels);
        assertEq(land.balanceOf(HARVESTER), parcels);
        assertEq(land.totalSupply(), parcels);
    }

    /* METADATA */

    function test_the_metadata_says_what_the_parcel_is() public {
        registry.recordSaving(HARVESTER, shop, 0, PARCEL);
        land.mintEarned(HARVESTER);
        string memory prefix = "data:application/json;base64,";
        bytes memory uri = bytes(land.tokenURI(1));
        bytes memory encoded = new bytes(uri.length - bytes(prefix).length);
        for (uint256 i = 0; i < encoded.length; ++i) {
            encoded[i] = uri[i + bytes(prefix).length];
        }
        string memory json = string(Base64.decode(string(encoded)));
        assertEq(vm.parseJsonString(json, ".name"), "LightDom land #1");
        assertEq(vm.parseJsonString(json, ".attributes[0].value"), "COMMERCIAL");
        assertEq(vm.parseJsonUint(json, ".attributes[1].value"), 1);
        assertEq(vm.parseJsonUint(json, ".attributes[2].value"), 100);
    }

    function test_every_biome_has_its_name() public pure {
        string[8] memory names = [
            "DIGITAL", "ENTERTAINMENT", "COMMUNITY", "KNOWLEDGE", "SOCIAL", "COMMERCIAL", "PROFESSIONAL", "PRODUCTION"
        ];
        for (uint256 i = 0; i < names.length; ++i) {
            assertEq(LandMetadata.biomeName(Biome(i)), names[i]);
        }
    }
}
