// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {Test} from "forge-std/Test.sol";

import {Authority} from "../../Authority.sol";
import {IModelStorage, RecordKind, RecordStatus, Right, Version} from "../../interfaces/IModelStorage.sol";
import {ModelStorage} from "../../ModelStorage.sol";

contract ModelStorageTest is Test {
    uint64 private constant PAUSER = 4;
    uint64 private constant UPGRADER = 13;
    /// @dev DOMAIN.md's table, a row for each role from SUPER_ADMIN on; columns as in `Right`.
    bool[6][4] private table = [
        [true, true, true, true, true, true],
        [true, true, true, false, true, true],
        [true, true, false, false, false, true],
        [true, true, false, false, true, false]
    ];

    address private immutable STRANGER = makeAddr("stranger");
    address private immutable READER = makeAddr("reader");
    address[4] private admins;
    Authority private authority;
    ModelStorage private models;

    function setUp() public {
        vm.warp(1_760_000_000);
        authority = Authority(deployCode("Authority", abi.encode(address(this))));
        models = ModelStorage(
            address(
                new ERC1967Proxy(
                    deployCode("ModelStorage"), abi.encodeCall(ModelStorage.initialize, (address(authority)))
                )
            )
        );
        _allow(models.pause.selector, PAUSER);
        _allow(models.unpause.selector, PAUSER);
        _allow(models.upgradeToAndCall.selector, UPGRADER);
        authority.grantRole(PAUSER, address(this), 0);
        authority.grantRole(UPGRADER, address(this), 0);
        for (uint64 i = 0; i < 4; ++i) {
            admins[i] = makeAddr(string.concat("admin ", vm.toString(i)));
            authority.grantRole(models.SUPER_ADMIN() + i, admins[i], 0);
        }
    }

    /* REFUSALS */

    function test_every_role_has_the_rights_of_the_table_and_no_other() public view {
        for (uint256 i = 0; i < 4; ++i) {
            for (uint8 right = 0; right < 6; ++right) {
                assertEq(models.hasRight(admins[i], Right(right)), table[i][right]);
                assertFalse(models.hasRight(STRANGER, Right(right)));
            }
        }
    }

    function test_every_function_asks_for_its_right() public {
        uint256 model = _store(admins[0], RecordKind.Model, "m");
        uint256 data = _store(admins[0], RecordKind.DataSet, "d");
        uint40 until = uint40(block.timestamp + 1);
        bytes[8] memory calls = [
            _storing(RecordKind.Model, "other"),
            _storing(RecordKind.DataSet, "other"),
            abi.encodeCall(models.storeVersion, (model, "content 2", "hash", "metadata", "schema")),
            abi.encodeCall(models.storeVersion, (data, "content 2", "hash", "metadata", "schema")),
            abi.encodeCall(models.deploy, (model, 1)),
            abi.encodeCall(models.grant, (model, READER, until)),
            abi.encodeCall(models.revoke, (model, READER)),
            abi.encodeCall(models.retire, (model))
        ];
        Right[8] memory rights = [
            Right.Write,
            Right.TrainingData,
            Right.Write,
            Right.TrainingData,
            Right.Deploy,
            Right.ManageAccess,
            Right.ManageAccess,
            Right.Delete
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            _refused(STRANGER, calls[i], rights[i]);
            for (uint256 j = 0; j < 4; ++j) {
                if (!table[j][uint8(rights[i])]) {
                    _refused(admins[j], calls[i], rights[i]);
                    continue;
                }
                uint256 snapshot = vm.snapshotState();
                if (i == 6) _grant(model, until);
                vm.prank(admins[j]);
                (bool isDone,) = address(models).call(calls[i]);
                assertTrue(isDone);
                vm.revertToState(snapshot);
            }
        }
    }

    function test_a_role_that_must_wait_is_no_role() public {
        authority.grantRole(models.SUPER_ADMIN(), STRANGER, 1 days);
        assertFalse(models.hasRight(STRANGER, Right.Read));
    }

    function test_what_has_no_name_no_hash_or_no_parent_is_refused() public {
        vm.startPrank(admins[0]);
        uint256[] memory none = new uint256[](0);
        vm.expectRevert(IModelStorage.NameEmpty.selector);
        models.store(RecordKind.Model, "", none, "c", "d", "m", "s");
        string memory long = string(new bytes(65));
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.NameTooLong.selector, 65, 64));
        models.store(RecordKind.Model, long, none, "c", "d", "m", "s");
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.HashMissing.selector, "content"));
        models.store(RecordKind.Model, "n", none, 0, "d", "m", "s");
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.HashMissing.selector, "dataHash"));
        models.store(RecordKind.Model, "n", none, "c", 0, "m", "s");
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.HashMissing.selector, "metadataHash"));
        models.store(RecordKind.Model, "n", none, "c", "d", 0, "s");
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.HashMissing.selector, "schemaHash"));
        models.store(RecordKind.Model, "n", none, "c", "d", "m", 0);
        uint256[] memory itself = new uint256[](1);
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.ParentUnknown.selector, 0));
        models.store(RecordKind.Model, "n", itself, "c", "d", "m", "s");
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.TooManyParents.selector, 17, 16));
        models.store(RecordKind.Model, "n", new uint256[](17), "c", "d", "m", "s");
    }

    function test_what_is_not_there_is_refused_by_its_number() public {
        vm.startPrank(admins[0]);
        bytes memory refusal = abi.encodeWithSelector(IModelStorage.RecordUnknown.selector, 0);
        vm.expectRevert(refusal);
        models.recordOf(0);
        vm.expectRevert(refusal);
        models.retire(0);
        vm.expectRevert(refusal);
        models.mayRead(STRANGER, 0);
        vm.stopPrank();
        uint256 model = _store(admins[0], RecordKind.Model, "m");
        vm.startPrank(admins[0]);
        refusal = abi.encodeWithSelector(IModelStorage.VersionUnknown.selector, model, 0);
        vm.expectRevert(refusal);
        models.versionOf(model, 0);
        vm.expectRevert(refusal);
        models.deploy(model, 0);
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.VersionUnknown.selector, model, 2));
        models.deploy(model, 2);
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.VersionSame.selector, model, bytes32("content")));
        models.storeVersion(model, "content", "d", "m", "s");
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.GrantUnknown.selector, model, READER));
        models.revoke(model, READER);
    }

    function test_a_grant_is_to_somebody_and_for_a_year_at_most() public {
        uint256 model = _store(admins[0], RecordKind.Model, "m");
        uint40 time = uint40(block.timestamp);
        vm.startPrank(admins[0]);
        vm.expectRevert(IModelStorage.ReaderZero.selector);
        models.grant(model, address(0), time + 1);
        vm.expectRevert(abi.encodeWithSelector(IModelStorage.GrantInPast.selector, time, time));
        models.grant(model, READER, time);
        vm.expectRevert(
            abi.encodeWithSelector(IModelStorage.GrantTooLong.selector, time + 365 days + 1, time + 365 days)
        );
        models.grant(model, READER, time + 365 days + 1);
    }

    function test_a_retired_record_is_over() public {
        uint256 model = _store(admins[0], RecordKind.Model, "m");
        _grant(model, uint40(block.timestamp + 100));
        vm.startPrank(admins[0]);
        models.retire(model);
        bytes memory refusal =
            abi.encodeWithSelector(IModelStorage.RecordNotActive.selector, model, RecordStatus.Retired);
        vm.expectRevert(refusal);
        models.retire(model);
        vm.expectRevert(refusal);
        models.storeVersion(model, "c", "d", "m", "s");
        vm.expectRevert(refusal);
        models.deploy(model, 1);
        vm.expectRevert(refusal);
        models.grant(model, READER, uint40(block.timestamp + 1));
        assertFalse(models.mayRead(READER, model));
        assertTrue(models.mayRead(admins[0], model));
    }

    function test_a_pause_pauses_but_for_taking_grants_away() public {
        uint256 model = _store(admins[0], RecordKind.Model, "m");
        _grant(model, uint40(block.timestamp + 100));
        vm.expectRevert(IModelStorage.StorageNotPaused.selector);
        models.unpause();
        models.pause();
        vm.expectRevert(IModelStorage.StoragePaused.selector);
        models.pause();
        bytes[5] memory calls = [
            _storing(RecordKind.Model, "other"),
            abi.encodeCall(models.storeVersion, (model, "content 2", "hash", "metadata", "schema")),
            abi.encodeCall(models.deploy, (model, 1)),
            abi.encodeCall(models.grant, (model, STRANGER, uint40(block.timestamp + 1))),
            abi.encodeCall(models.retire, (model))
        ];
        vm.startPrank(admins[0]);
        for (uint256 i = 0; i < calls.length; ++i) {
            (bool isDone, bytes memory reason) = address(models).call(calls[i]);
            assertFalse(isDone);
            assertEq(bytes4(reason), IModelStorage.StoragePaused.selector);
        }
        assertFalse(models.mayRead(READER, model));
        assertFalse(models.mayRead(admins[0], model));
        models.revoke(model, READER);
        vm.stopPrank();
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        models.unpause();
        models.unpause();
        assertTrue(models.mayRead(admins[0], model));
        assertFalse(models.mayRead(READER, model));
    }

    function test_the_code_is_changed_by_the_upgrader_alone_and_begun_once() public {
        uint256 model = _store(admins[0], RecordKind.Model, "m");
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        models.initialize(STRANGER);
        ModelStorage next = new ModelStorage();
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        next.initialize(STRANGER);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER));
        models.upgradeToAndCall(address(next), "");
        models.upgradeToAndCall(address(next), "");
        assertEq(models.versionOf(model, 1).content, "content");
    }

    /* STORIES */

    function test_a_model_is_made_from_a_data_set_versioned_deployed_and_read_by_a_grant() public {
        uint256 data = _store(admins[2], RecordKind.DataSet, "pages");
        uint256[] memory parents = new uint256[](1);
        parents[0] = data;
        vm.startPrank(admins[3]);
        uint256 model = models.store(RecordKind.Model, "chooser", parents, "c1", "d1", "m1", "s1");
        assertEq(models.storeVersion(model, "c2", "d2", "m2", "s2"), 2);
        models.deploy(model, 2);
        vm.stopPrank();
        assertEq(models.parentsOf(model), parents);
        (RecordKind kind, RecordStatus status, uint32 versions, uint32 deployed, string memory name) =
            models.recordOf(model);
        assertEq(uint8(kind), uint8(RecordKind.Model));
        assertEq(uint8(status), uint8(RecordStatus.Deployed));
        assertEq(versions, 2);
        assertEq(deployed, 2);
        assertEq(name, "chooser");
        Version memory first = models.versionOf(model, 1);
        assertEq(first.author, admins[3]);
        assertEq(first.content, "c1");
        assertEq(models.recordCount(), 2);

        assertFalse(models.mayRead(READER, model));
        _grant(model, uint40(block.timestamp + 100));
        assertTrue(models.mayRead(READER, model));
        assertFalse(models.mayRead(READER, data));
        // Who may not see training data reads no data set.
        assertTrue(models.mayRead(admins[3], model));
        assertFalse(models.mayRead(admins[3], data));
        skip(100);
        assertFalse(models.mayRead(READER, model));
    }

    /* STEPS */

    function _store(address by, RecordKind kind, string memory name) private returns (uint256 recordId) {
        vm.prank(by);
        (, bytes memory answer) = address(models).call(_storing(kind, name));
        return abi.decode(answer, (uint256));
    }

    function _storing(RecordKind kind, string memory name) private view returns (bytes memory) {
        return abi.encodeCall(
            models.store, (kind, name, new uint256[](0), "content", "data hash", "metadata hash", "schema hash")
        );
    }

    function _grant(uint256 recordId, uint40 expiresAt) private {
        vm.prank(admins[0]);
        models.grant(recordId, READER, expiresAt);
    }

    function _refused(address by, bytes memory call, Right right) private {
        vm.prank(by);
        (bool isDone, bytes memory reason) = address(models).call(call);
        assertFalse(isDone);
        assertEq(reason, abi.encodeWithSelector(IModelStorage.NotAllowed.selector, by, right));
    }

    function _allow(bytes4 selector, uint64 role) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        authority.setTargetFunctionRole(address(models), selectors, role);
    }
}
