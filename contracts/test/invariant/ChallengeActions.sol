// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IProofOfOptimization, Status, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {ClaimActions} from "./ClaimActions.sol";

/// @title Challengers: who committed before a fault was public shares the bounty
abstract contract ChallengeActions is ClaimActions {
    mapping(bytes32 claimId => mapping(address challenger => uint256 blockNumber)) private _committed;
    mapping(bytes32 claimId => mapping(address challenger => bool)) private _hasShare;

    function commitChallenge(uint256 which, uint256 who) external {
        (bool isThere, uint256 i) = _find(which, Status.Pending);
        address challenger = _challengers[who % CHALLENGERS];
        if (!isThere || !_records[i].isLie || _committed[_records[i].claimId][challenger] != 0) return;
        bytes memory fault = _faultOf(_records[i]);
        vm.prank(challenger);
        proof.commitChallenge(keccak256(abi.encode(_records[i].claimId, keccak256(fault), SALT, challenger)));
        _committed[_records[i].claimId][challenger] = block.number;
    }

    function revealChallenge(uint256 which, uint256 who) external {
        (bool isThere, uint256 i) = _find(which, Status.Slashed);
        if (!isThere || !_records[i].isLie) return;
        Record memory record = _records[i];
        address challenger = _challengers[who % CHALLENGERS];
        (, uint256 bountyWei, uint64 deadline) = proof.bountyOf(record.claimId);
        uint256 committed = _committed[record.claimId][challenger];
        bool isDue = bountyWei != 0 && block.timestamp < deadline && committed != 0 && committed < record.slashedBlock
            && !_hasShare[record.claimId][challenger];
        vm.prank(challenger);
        try proof.revealChallenge(record.claim, _faultOf(record), SALT) {
            assertTrue(isDue, "a share for who did not commit before");
            _hasShare[record.claimId][challenger] = true;
            _did("share");
        } catch {
            assertFalse(isDue, "no share for who committed before");
        }
    }

    /// @dev Shares the bounty of the first slashed claim whose time is over.
    function settle(uint256 which) external {
        uint256 count = _records.length;
        for (uint256 n = 0; n < count; ++n) {
            uint256 i = (which % count + n) % count;
            (, uint256 bountyWei, uint64 deadline) = proof.bountyOf(_records[i].claimId);
            if (deadline == 0 || block.timestamp < deadline) continue;
            uint256 owedWei = _credits();
            uint256 burntWei = proof.burntWei();
            proof.settleBounty(_records[i].claim);
            assertEq(_credits(), owedWei + bountyWei, "all of the bounty is shared");
            assertEq(proof.burntWei(), burntWei + _records[i].bondWei - bountyWei, "and all else burnt");
            lockedBonds -= _records[i].bondWei;
            _records[i].isSettled = true;
            _did("settle");
            return;
        }
    }

    function _faultOf(Record memory record) private pure returns (bytes memory) {
        return abi.encodeCall(IProofOfOptimization.proveSum, (record.claim, Tree.Source, _openingOf(record, 0, 0)));
    }
}
