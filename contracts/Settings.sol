// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ISettings} from "./interfaces/ISettings.sol";
import {Seats} from "./libraries/Seats.sol";

/// @title What governance may set, and the clock that a pause stops
abstract contract Settings is ISettings, AccessManaged {
    using SafeCast for uint256;
    using Seats for Seats.Table;

    /* CONSTANTS */

    uint64 public constant MAXIMUM_WINDOW_SECONDS = 30 days;
    uint64 public constant MINIMUM_WINDOW_FLOOR_SECONDS = 60;
    /// @dev anvil's and hardhat's chain id: only there may a window be as short as a test needs.
    uint256 public constant DEVELOPMENT_CHAIN_ID = 31337;
    /// @dev 1 the source is served, 2 renders equal, 4 data available and the three roots recomputed.
    uint8 private constant ALL_BITS = 7;
    uint8 private constant DATA_AVAILABLE = 4;
    /// @dev Attested rules are the verifiers' word, not proven.
    uint8 public constant MAXIMUM_ATTESTED_PERCENT = 25;

    /* STORAGE */

    /// @dev One slot: all that finalize reads.
    struct Figures {
        uint40 windowSeconds;
        uint40 pausedAt;
        uint40 pausedSeconds;
        uint40 answerSeconds;
        uint8 quorum;
    }

    /// @dev One slot.
    struct Ruleset {
        address rules;
        uint8 attestedPercent;
    }

    struct Prices {
        uint128 minimumBondWei;
        uint128 dshPriceWei;
    }

    /// @inheritdoc ISettings
    uint64 public immutable minimumWindowSeconds;
    /// @inheritdoc ISettings
    uint8 public immutable requiredBits;
    Figures private _figures;
    Prices internal _prices;
    Seats.Table internal _seats;
    mapping(uint16 ruleset => Ruleset) private _rulesets;

    /* CONSTRUCTOR */

    constructor(address authority, uint64 minimumSeconds, uint8 bits) AccessManaged(authority) {
        uint64 floorSeconds = block.chainid == DEVELOPMENT_CHAIN_ID ? 1 : MINIMUM_WINDOW_FLOOR_SECONDS;
        require(minimumSeconds >= floorSeconds, MinimumWindowTooShort(minimumSeconds, floorSeconds));
        // No host serves a page of a development chain, so nobody could honestly say that it does.
        uint8 fewest = block.chainid == DEVELOPMENT_CHAIN_ID ? DATA_AVAILABLE : ALL_BITS;
        require(bits <= ALL_BITS && bits & fewest == fewest, RequiredBitsTooFew(bits, fewest));
        minimumWindowSeconds = minimumSeconds;
        requiredBits = bits;
    }

    /* GOVERNANCE */

    /// @inheritdoc ISettings
    function setParameters(
        uint64 windowSeconds_,
        uint8 quorum_,
        uint256 minimumBondWei_,
        uint256 dshPriceWei_,
        uint64 answerSeconds_
    ) external restricted {
        require(
            windowSeconds_ >= minimumWindowSeconds && windowSeconds_ <= MAXIMUM_WINDOW_SECONDS,
            WindowOutOfRange(windowSeconds_, minimumWindowSeconds, MAXIMUM_WINDOW_SECONDS)
        );
        require(
            answerSeconds_ >= minimumWindowSeconds && answerSeconds_ <= windowSeconds_,
            AnswerOutOfRange(answerSeconds_, minimumWindowSeconds, windowSeconds_)
        );
        require(quorum_ != 0 && quorum_ <= Seats.COUNT, QuorumOutOfRange(quorum_, Seats.COUNT));

        _figures.windowSeconds = uint40(windowSeconds_); // at most 30 days
        _figures.answerSeconds = uint40(answerSeconds_); // at most the window
        _figures.quorum = quorum_;
        _prices = Prices({minimumBondWei: minimumBondWei_.toUint128(), dshPriceWei: dshPriceWei_.toUint128()});

        emit ParametersSet(windowSeconds_, quorum_, minimumBondWei_, dshPriceWei_);
        emit AnswerSecondsSet(answerSeconds_);
    }

    /// @inheritdoc ISettings
    function setVerifier(address verifier, bool isVerifier_) external restricted {
        require(verifier != address(0), VerifierZero());
        require(isVerifier(verifier) != isVerifier_, VerifierUnchanged(verifier, isVerifier_));

        if (isVerifier_) require(_seats.take(verifier), VerifierSeatsTaken(Seats.COUNT));
        else _seats.vacate(verifier);

        emit VerifierSet(verifier, isVerifier_);
    }

    /// @inheritdoc ISettings
    function addRuleset(uint16 ruleset, address rules) external restricted {
        require(_rulesets[ruleset].rules == address(0), RulesetFixed(ruleset, _rulesets[ruleset].rules));
        require(rules.code.length != 0, RulesetHasNoCode(rules));

        _rulesets[ruleset].rules = rules;

        emit RulesetAdded(ruleset, rules);
    }

    /// @inheritdoc ISettings
    function setAttestedPercent(uint16 ruleset, uint8 percent) external restricted {
        require(percent <= MAXIMUM_ATTESTED_PERCENT, AttestedPercentTooLarge(percent, MAXIMUM_ATTESTED_PERCENT));
        _requireRuleset(ruleset);

        _rulesets[ruleset].attestedPercent = percent;

        emit AttestedPercentSet(ruleset, percent);
    }

    /// @inheritdoc ISettings
    function pause() external restricted {
        require(!isPaused(), IsPaused());

        _figures.pausedAt = uint40(block.timestamp); // fits for 34 000 years

        emit Paused(msg.sender);
    }

    /// @inheritdoc ISettings
    function unpause() external restricted {
        require(isPaused(), IsNotPaused());

        _figures.pausedSeconds += uint40(block.timestamp - _figures.pausedAt); // less than the time itself
        _figures.pausedAt = 0;

        emit Unpaused(msg.sender);
    }

    /* VIEWS */

    /// @inheritdoc ISettings
    function isPaused() public view returns (bool) {
        return _figures.pausedAt != 0;
    }

    /// @inheritdoc ISettings
    function runningTime() public view returns (uint64) {
        uint256 pausedAt = _figures.pausedAt;
        return uint64((pausedAt == 0 ? block.timestamp : pausedAt) - _figures.pausedSeconds); // fits, as time does
    }

    /// @inheritdoc ISettings
    function rulesetOf(uint16 ruleset) external view returns (address) {
        return _rulesets[ruleset].rules;
    }

    /// @inheritdoc ISettings
    function attestedPercentOf(uint16 ruleset) public view returns (uint8) {
        return _rulesets[ruleset].attestedPercent;
    }

    /// @inheritdoc ISettings
    function quorum() public view returns (uint8) {
        return _figures.quorum;
    }

    /// @inheritdoc ISettings
    function answerSeconds() public view returns (uint64) {
        return _figures.answerSeconds;
    }

    /// @inheritdoc ISettings
    function windowSeconds() public view returns (uint64) {
        return _figures.windowSeconds;
    }

    /// @inheritdoc ISettings
    function minimumBondWei() external view returns (uint256) {
        return _prices.minimumBondWei;
    }

    /// @inheritdoc ISettings
    function dshPriceWei() external view returns (uint256) {
        return _prices.dshPriceWei;
    }

    /// @inheritdoc ISettings
    function isVerifier(address account) public view returns (bool) {
        return _seats.maskOf(account) != 0;
    }

    /// @inheritdoc ISettings
    function seatOf(address account) external view returns (uint96) {
        return _seats.maskOf(account);
    }

    /// @inheritdoc ISettings
    function seatsTaken() external view returns (uint96) {
        return _seats.taken;
    }

    /* INTERNAL */

    function _requireRunning() internal view {
        require(!isPaused(), IsPaused());
    }

    function _requireRuleset(uint16 ruleset) internal view returns (address rules) {
        rules = _rulesets[ruleset].rules;
        require(rules != address(0), RulesetUnknown(ruleset));
    }

    /// @dev Wall-clock time of a moment in running time, if no pause comes in between.
    function _wallTime(uint256 moment) internal view returns (uint64) {
        return uint64(moment + _figures.pausedSeconds); // fits, as time does
    }
}
