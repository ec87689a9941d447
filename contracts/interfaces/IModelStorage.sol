// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a record is.
enum RecordKind {
    Model,
    DataSet
}

/// @notice Where a record stands. Retired is for good.
enum RecordStatus {
    None,
    Active,
    Deployed,
    Retired
}

/// @notice What may be done with models; DOMAIN.md has who may.
enum Right {
    Read,
    Write,
    Delete,
    ManageAccess,
    Deploy,
    TrainingData
}

/// @notice One version of a record. The data lie outside, encrypted; here are their place and what they hash to.
struct Version {
    /// the digest of the content id of the encrypted data
    bytes32 content;
    /// of the data before encryption, salted by the store
    bytes32 dataHash;
    bytes32 metadataHash;
    bytes32 schemaHash;
    address author;
    uint40 storedAt;
}

/// @title Models and training data: what there is, which version, who may read it
/// @notice Nothing secret is on chain: readers get a key from the store, which asks here whether they may.
/// @dev Warning: who could read once may have kept a copy. A grant that ends takes back only what comes later.
interface IModelStorage {
    event RecordStored(uint256 indexed recordId, RecordKind indexed kind, address indexed author, string name);
    /// @dev One for each record that it was made from, right after RecordStored.
    event RecordMadeFrom(uint256 indexed recordId, uint256 indexed parentId);
    event VersionStored(
        uint256 indexed recordId,
        uint32 indexed version,
        address indexed author,
        bytes32 content,
        bytes32 dataHash,
        bytes32 metadataHash,
        bytes32 schemaHash
    );
    event RecordDeployed(uint256 indexed recordId, uint32 indexed version, address indexed by);
    event RecordRetired(uint256 indexed recordId, address indexed by);
    event AccessGranted(uint256 indexed recordId, address indexed reader, address indexed by, uint40 expiresAt);
    event AccessRevoked(uint256 indexed recordId, address indexed reader, address indexed by);
    event PauseChanged(bool isPaused, address indexed by);

    error NotAllowed(address account, Right right);
    error StoragePaused();
    error StorageNotPaused();
    error RecordUnknown(uint256 recordId);
    error RecordNotActive(uint256 recordId, RecordStatus status);
    error NameEmpty();
    error NameTooLong(uint256 length, uint256 maximum);
    error ParentUnknown(uint256 parent);
    error TooManyParents(uint256 count, uint256 maximum);
    error HashMissing(string field);
    error VersionUnknown(uint256 recordId, uint32 version);
    error VersionSame(uint256 recordId, bytes32 content);
    error ReaderZero();
    error GrantInPast(uint40 expiresAt, uint40 time);
    error GrantTooLong(uint40 expiresAt, uint40 latest);
    error GrantUnknown(uint256 recordId, address reader);

    /// @notice Stores a new model (right: Write) or data set (TrainingData) with its first version.
    /// @param parents records that this one was made from, at most 16
    function store(
        RecordKind kind,
        string calldata name,
        uint256[] calldata parents,
        bytes32 content,
        bytes32 dataHash,
        bytes32 metadataHash,
        bytes32 schemaHash
    ) external returns (uint256 recordId);

    /// @notice Adds a version. Earlier ones stay. Right: Write, for a data set TrainingData.
    function storeVersion(uint256 recordId, bytes32 content, bytes32 dataHash, bytes32 metadataHash, bytes32 schemaHash)
        external
        returns (uint32 version);

    /// @notice Says which version of a model is in use. Right: Deploy.
    function deploy(uint256 recordId, uint32 version) external;

    /// @notice Ends a record: nobody may read it by a grant, nothing is added. For good. Right: Delete.
    function retire(uint256 recordId) external;

    /// @notice Lets an account read a record until a time, at most a year ahead. Right: ManageAccess.
    function grant(uint256 recordId, address reader, uint40 expiresAt) external;

    /// @notice Right: ManageAccess.
    function revoke(uint256 recordId, address reader) external;

    /// @notice Stops all writes and all grants, reads by grant as well. Only PAUSER.
    function pause() external;

    /// @notice Only PAUSER.
    function unpause() external;

    /// @notice Whether an account may do something with models at all, by its roles alone.
    function hasRight(address account, Right right) external view returns (bool);

    /// @notice Whether an account may read a record now: by its roles or by a grant.
    function mayRead(address account, uint256 recordId) external view returns (bool);

    function recordOf(uint256 recordId)
        external
        view
        returns (RecordKind kind, RecordStatus status, uint32 versions, uint32 deployedVersion, string memory name);

    /// @notice Versions count from 1.
    function versionOf(uint256 recordId, uint32 version) external view returns (Version memory);
    function parentsOf(uint256 recordId) external view returns (uint256[] memory);
    function grantOf(uint256 recordId, address reader) external view returns (uint40 expiresAt);
    function recordCount() external view returns (uint256);
    function isPaused() external view returns (bool);
}
