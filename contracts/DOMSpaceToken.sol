// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit, Nonces} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {IDOMSpaceToken} from "./interfaces/IDOMSpaceToken.sol";
import {Emission} from "./libraries/Emission.sol";

/// @title DOM Space token (DSH)
contract DOMSpaceToken is IDOMSpaceToken, ERC20, ERC20Burnable, ERC20Permit, ERC20Votes, AccessManaged {
    using SafeCast for uint256;

    /* CONSTANTS */

    uint256 public constant MAX_SUPPLY_WEI = 1_000_000_000e18;
    uint256 public constant INITIAL_SUPPLY_WEI = 100_000_000e18;

    /* STORAGE */

    /// @dev A ticket's amount is the distance of its end from the end of the ticket before it.
    struct Ticket {
        address account;
        uint96 queuedEndWei;
    }

    struct Line {
        uint64 ticketCount;
        uint96 queuedWei;
    }

    uint256 public immutable START_BLOCK;
    Line private _line;
    mapping(uint256 ticket => Ticket) private _tickets;

    /* CONSTRUCTOR */

    constructor(address authority, address treasury)
        ERC20("DOM Space", "DSH")
        ERC20Permit("DOM Space")
        AccessManaged(authority)
    {
        START_BLOCK = block.number;
        _mint(treasury, INITIAL_SUPPLY_WEI);
    }

    /* REWARDS */

    /// @inheritdoc IDOMSpaceToken
    function queueReward(address account, bytes32 reason, uint256 amountWei)
        external
        restricted
        returns (uint256 ticket)
    {
        require(amountWei != 0, RewardZero());
        // Minting to nobody would revert for ever, and the place in line would be lost.
        require(account != address(0), RewardAccountZero());

        Line memory line = _line;
        uint96 queuedEndWei = (line.queuedWei + amountWei).toUint96();
        ticket = line.ticketCount;
        _line = Line({ticketCount: line.ticketCount + 1, queuedWei: queuedEndWei});
        _tickets[ticket] = Ticket({account: account, queuedEndWei: queuedEndWei});

        emit RewardQueued(ticket, account, reason, amountWei, queuedEndWei);
    }

    /// @inheritdoc IDOMSpaceToken
    function payReward(uint256 ticket) external {
        (address account, uint256 amountWei, uint256 queuedEndWei) = ticketOf(ticket);
        require(account != address(0), TicketPaid(ticket));
        require(emittedWei() >= queuedEndWei, TicketWaiting(ticket, queuedEndWei, emittedWei()));

        delete _tickets[ticket].account;

        emit RewardPaid(ticket, account, amountWei);

        _mint(account, amountWei);
    }

    /* VIEWS */

    /// @inheritdoc IDOMSpaceToken
    function emittedWei() public view returns (uint256) {
        return Emission.emittedWeiDown(block.number - START_BLOCK);
    }

    /// @inheritdoc IDOMSpaceToken
    function queuedWei() external view returns (uint256) {
        return _line.queuedWei;
    }

    /// @inheritdoc IDOMSpaceToken
    function ticketCount() external view returns (uint256) {
        return _line.ticketCount;
    }

    /// @inheritdoc IDOMSpaceToken
    function ticketOf(uint256 ticket) public view returns (address account, uint256 amountWei, uint256 queuedEndWei) {
        require(ticket < _line.ticketCount, TicketUnknown(ticket));

        Ticket memory found = _tickets[ticket];
        uint256 queuedStartWei = ticket == 0 ? 0 : _tickets[ticket - 1].queuedEndWei;
        return (found.account, found.queuedEndWei - queuedStartWei, found.queuedEndWei);
    }

    /// @notice Votes are counted by time, not by block, so that they mean the same on every chain (ERC-6372).
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    /* INTERNAL */

    /// @dev ERC20Votes refuses every mint beyond this.
    function _maxSupply() internal pure override returns (uint256) {
        return MAX_SUPPLY_WEI;
    }

    function _update(address from, address to, uint256 amountWei) internal override(ERC20, ERC20Votes) {
        super._update(from, to, amountWei);
    }
}
