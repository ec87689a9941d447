// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";

import {IModelStorage, RecordKind, RecordStatus, Right, Version} from "./interfaces/IModelStorage.sol";
import {Rights} from "./models/Rights.sol";

/// @title Models and training data, behind a proxy
/// @dev A version that is stored is never changed, so that what was deployed can be looked up for good.
contract ModelStorage is Rights, UUPSUpgradeable {
    /* CONSTANTS */

    uint256 public constant MAX_NAME_BYTES = 64;
    uint256 public constant MAX_PARENTS = 16;
    uint40 public constant MAX_GRANT_SECONDS = 365 days;

    /* STORAGE */

    struct Record {
        RecordKind kind;
        RecordStatus status;
        uint32 deployedVersion;
        string name;
        uint256[] parents;
        Version[] versions;
    }

    /// @custom:storage-location erc7201:lightdom.ModelStorage
    struct ModelStorageStorage {
        bool isPaused;
        Record[] records;
        mapping(uint256 recordId => mapping(address reader => uint40)) grants;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.ModelStorage")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0xf722fdf84b4436bb831d75c02213b770fd2ee9071a1123f4cdbe0324a7077800;

    /* CONSTRUCTOR */

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @notice Once, by the transaction that makes the proxy.
    function initialize(address authority) external initializer {
        __AccessManaged_init(authority);
    }

    /* MODIFIERS */

    modifier whileRunning() {
        require(!isPaused(), StoragePaused());
        _;
    }

    /* STORE */

    /// @inheritdoc IModelStorage
    function store(
        RecordKind kind,
        string calldata name,
        uint256[] calldata parents,
        bytes32 content,
        bytes32 dataHash,
        bytes32 metadataHash,
        bytes32 schemaHash
    ) external whileRunning may(_rightToStore(kind)) returns (uint256 recordId) {
        require(bytes(name).length != 0, NameEmpty());
        require(bytes(name).length <= MAX_NAME_BYTES, NameTooLong(bytes(name).length, MAX_NAME_BYTES));
        require(parents.length <= MAX_PARENTS, TooManyParents(parents.length, MAX_PARENTS));
        recordId = _models().records.length;
        for (uint256 i = 0; i < parents.length; ++i) {
            require(parents[i] < recordId, ParentUnknown(parents[i]));
        }

        Record storage record = _models().records.push();
        (record.kind, record.status, record.name, record.parents) = (kind, RecordStatus.Active, name, parents);

        emit RecordStored(recordId, kind, msg.sender, name);

        for (uint256 i = 0; i < parents.length; ++i) {
            emit RecordMadeFrom(recordId, parents[i]);
        }

        _storeVersion(recordId, record, Version(content, dataHash, metadataHash, schemaHash, msg.sender, _now()));
    }

    /// @inheritdoc IModelStorage
    function storeVersion(uint256 recordId, bytes32 content, bytes32 dataHash, bytes32 metadataHash, bytes32 schemaHash)
        external
        whileRunning
        returns (uint32 version)
    {
        Record storage record = _requireLive(recordId);
        _requireRight(_rightToStore(record.kind));
        bytes32 last = record.versions[record.versions.length - 1].content;
        require(content != last, VersionSame(recordId, content));

        return _storeVersion(recordId, record, Version(content, dataHash, metadataHash, schemaHash, msg.sender, _now()));
    }

    /// @inheritdoc IModelStorage
    function deploy(uint256 recordId, uint32 version) external whileRunning may(Right.Deploy) {
        Record storage record = _requireLive(recordId);
        require(version != 0 && version <= record.versions.length, VersionUnknown(recordId, version));

        (record.status, record.deployedVersion) = (RecordStatus.Deployed, version);

        emit RecordDeployed(recordId, version, msg.sender);
    }

    /// @inheritdoc IModelStorage
    function retire(uint256 recordId) external whileRunning may(Right.Delete) {
        _requireLive(recordId).status = RecordStatus.Retired;

        emit RecordRetired(recordId, msg.sender);
    }

    /* ACCESS */

    /// @inheritdoc IModelStorage
    function grant(uint256 recordId, address reader, uint40 expiresAt) external whileRunning may(Right.ManageAccess) {
        _requireLive(recordId);
        require(reader != address(0), ReaderZero());
        require(expiresAt > _now(), GrantInPast(expiresAt, _now()));
        require(expiresAt <= _now() + MAX_GRANT_SECONDS, GrantTooLong(expiresAt, _now() + MAX_GRANT_SECONDS));

        _models().grants[recordId][reader] = expiresAt;

        emit AccessGranted(recordId, reader, msg.sender, expiresAt);
    }

    /// @inheritdoc IModelStorage
    /// @dev Goes on while paused: taking a right away is never unsafe.
    function revoke(uint256 recordId, address reader) external may(Right.ManageAccess) {
        require(grantOf(recordId, reader) != 0, GrantUnknown(recordId, reader));

        delete _models().grants[recordId][reader];

        emit AccessRevoked(recordId, reader, msg.sender);
    }

    /* PAUSE */

    /// @inheritdoc IModelStorage
    function pause() external restricted {
        require(!isPaused(), StoragePaused());
        _setPause(true);
    }

    /// @inheritdoc IModelStorage
    function unpause() external restricted {
        require(isPaused(), StorageNotPaused());
        _setPause(false);
    }

    /* VIEWS */

    /// @inheritdoc IModelStorage
    function mayRead(address account, uint256 recordId) external view returns (bool) {
        Record storage record = _requireKnown(recordId);
        if (isPaused()) return false;
        if (hasRight(account, record.kind == RecordKind.DataSet ? Right.TrainingData : Right.Read)) return true;
        return record.status != RecordStatus.Retired && grantOf(recordId, account) > _now();
    }

    /// @inheritdoc IModelStorage
    function recordOf(uint256 recordId)
        external
        view
        returns (RecordKind kind, RecordStatus status, uint32 versions, uint32 deployedVersion, string memory name)
    {
        Record storage record = _requireKnown(recordId);
        return (record.kind, record.status, uint32(record.versions.length), record.deployedVersion, record.name);
    }

    /// @inheritdoc IModelStorage
    function versionOf(uint256 recordId, uint32 version) external view returns (Version memory) {
        Record storage record = _requireKnown(recordId);
        require(version != 0 && version <= record.versions.length, VersionUnknown(recordId, version));
        return record.versions[version - 1];
    }

    /// @inheritdoc IModelStorage
    function parentsOf(uint256 recordId) external view returns (uint256[] memory) {
        return _requireKnown(recordId).parents;
    }

    /// @inheritdoc IModelStorage
    function grantOf(uint256 recordId, address reader) public view returns (uint40) {
        return _models().grants[recordId][reader];
    }

    /// @inheritdoc IModelStorage
    function recordCount() external view returns (uint256) {
        return _models().records.length;
    }

    /// @inheritdoc IModelStorage
    function isPaused() public view returns (bool) {
        return _models().isPaused;
    }

    /* INTERNAL */

    function _storeVersion(uint256 recordId, Record storage record, Version memory version)
        private
        returns (uint32 number)
    {
        require(version.content != 0, HashMissing("content"));
        require(version.dataHash != 0, HashMissing("dataHash"));
        require(version.metadataHash != 0, HashMissing("metadataHash"));
        require(version.schemaHash != 0, HashMissing("schemaHash"));

        record.versions.push(version);
        number = uint32(record.versions.length); // 2^32 versions cost more gas than there is

        emit VersionStored(
            recordId,
            number,
            version.author,
            version.content,
            version.dataHash,
            version.metadataHash,
            version.schemaHash
        );
    }

    function _setPause(bool isPaused_) private {
        _models().isPaused = isPaused_;

        emit PauseChanged(isPaused_, msg.sender);
    }

    function _requireKnown(uint256 recordId) private view returns (Record storage) {
        require(recordId < _models().records.length, RecordUnknown(recordId));
        return _models().records[recordId];
    }

    function _requireLive(uint256 recordId) private view returns (Record storage record) {
        record = _requireKnown(recordId);
        require(record.status != RecordStatus.Retired, RecordNotActive(recordId, record.status));
    }

    function _rightToStore(RecordKind kind) private pure returns (Right) {
        return kind == RecordKind.DataSet ? Right.TrainingData : Right.Write;
    }

    function _now() private view returns (uint40) {
        return uint40(block.timestamp); // fits for 34 000 years
    }

    /// @dev `restricted` asks for the role of what was called, `upgradeToAndCall`: UPGRADER.
    function _authorizeUpgrade(address) internal override restricted {}

    function _models() private pure returns (ModelStorageStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
