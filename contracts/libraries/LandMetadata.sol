// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {Biome} from "../interfaces/IOptimizationRegistry.sol";
import {Land} from "../interfaces/IVirtualLandNFT.sol";

/// @title A parcel's ERC-721 metadata, made on chain so that it needs no server
library LandMetadata {
    using Strings for uint256;

    function uri(uint256 tokenId, Land memory land) internal pure returns (string memory) {
        bytes memory json = abi.encodePacked(
            '{"name":"LightDom land #',
            tokenId.toString(),
            '","description":"A parcel earned by 100 KiB of verified page savings.","attributes":[{"trait_type":"biome","value":"',
            biomeName(land.biome),
            '"},{"trait_type":"level","value":',
            uint256(land.level).toString(),
            '},{"trait_type":"area","value":',
            uint256(land.areaSquareMetres).toString(),
            "}]}"
        );
        return string.concat("data:application/json;base64,", Base64.encode(json));
    }

    function biomeName(Biome biome) internal pure returns (string memory) {
        if (biome == Biome.DIGITAL) return "DIGITAL";
        if (biome == Biome.ENTERTAINMENT) return "ENTERTAINMENT";
        if (biome == Biome.COMMUNITY) return "COMMUNITY";
        if (biome == Biome.KNOWLEDGE) return "KNOWLEDGE";
        if (biome == Biome.SOCIAL) return "SOCIAL";
        if (biome == Biome.COMMERCIAL) return "COMMERCIAL";
        if (biome == Biome.PROFESSIONAL) return "PROFESSIONAL";
        return "PRODUCTION";
    }
}
