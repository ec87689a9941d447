"""Who may call what once the house is handed over: a row for every function that changes anything.

`FUNCTIONS` of scripts/deployment/roles.py has the rows of roles; here are all the others.
"""

from __future__ import annotations

#: Role -> who holds it, by name in the manifest. No account of one key is among them.
HOLDERS: dict[str, frozenset[str]] = {
    "ADMIN": frozenset({"AdminTimelock"}),
    "GOVERNOR": frozenset({"ParameterTimelock"}),
    "ELECTOR": frozenset({"VerifierStakes"}),
    "REGISTRAR": frozenset({"DomainControl"}),
    "PAUSER": frozenset({"Safe"}),
    "EMITTER": frozenset({"MiningEngine", "NodeManager", "RewardStreams"}),
    "RECORDER": frozenset({"ProofOfOptimization"}),
    "CASHIER": frozenset({"PlanRegistry"}),
    "GRANTER": frozenset({"RewardStreams"}),
    "CANARY_KEEPER": frozenset({"Safe"}),
    "METER": frozenset({"Safe"}),
    "STEWARD": frozenset({"Safe"}),
    "UPGRADER": frozenset({"AdminTimelock"}),
    "DISPATCHER": frozenset({"Safe"}),
}

#: Contract -> function -> (who gets past the check, the error of everybody else).
GUARDED: dict[str, dict[str, tuple[frozenset[str], str]]] = {
    "AccessManager": dict.fromkeys(
        (
            "grantRole",
            "labelRole",
            "revokeRole",
            "setGrantDelay",
            "setRoleAdmin",
            "setRoleGuardian",
            "setTargetAdminDelay",
            "setTargetClosed",
            "setTargetFunctionRole",
            "updateAuthority",
        ),
        (HOLDERS["ADMIN"], "AccessManagerUnauthorizedAccount(address,uint64)"),
    ),
    "ModelStorage": {
        name: (frozenset({"Safe"}), "NotAllowed(address,uint8)")
        for name in ("deploy", "grant", "retire", "revoke", "store")
    },
    "DSHGovernor": {
        name: (frozenset({"ParameterTimelock"}), "GovernorOnlyExecutor(address)")
        for name in (
            "relay",
            "setProposalThreshold",
            "setVotingDelay",
            "setVotingPeriod",
            "updateQuorumNumerator",
            "updateTimelock",
        )
    },
    "AdminTimelock": {
        name: (frozenset({"Safe"}), "AccessControlUnauthorizedAccount(address,bytes32)")
        for name in ("schedule", "scheduleBatch", "cancel", "execute", "executeBatch")
    }
    | {
        name: (frozenset({"AdminTimelock"}), "AccessControlUnauthorizedAccount(address,bytes32)")
        for name in ("grantRole", "revokeRole")
    }
    | {"updateDelay": (frozenset({"AdminTimelock"}), "TimelockUnauthorizedCaller(address)")},
    "ParameterTimelock": {
        name: (frozenset({"DSHGovernor"}), "AccessControlUnauthorizedAccount(address,bytes32)")
        for name in ("schedule", "scheduleBatch")
    }
    | {
        "cancel": (frozenset({"DSHGovernor", "Safe"}), "AccessControlUnauthorizedAccount(address,bytes32)"),
        "updateDelay": (frozenset({"ParameterTimelock"}), "TimelockUnauthorizedCaller(address)"),
    }
    | {
        name: (frozenset({"ParameterTimelock"}), "AccessControlUnauthorizedAccount(address,bytes32)")
        for name in ("grantRole", "revokeRole")
    },
}

#: Of every contract that has them: only its AccessManager may change it; and nobody begins it twice.
EVERYWHERE = {"setAuthority": "AccessManagedUnauthorized(address)", "initialize": "InvalidInitialization()"}

#: Open to everybody: what is the caller's own, or what turns out the same whoever calls.
OPEN: dict[str, frozenset[str]] = {
    # As the caller itself, within its roles; operations with a delay, of which there are none.
    "AccessManager": frozenset({"cancel", "consumeScheduledOp", "execute", "multicall", "renounceRole", "schedule"}),
    "AdminTimelock": frozenset({"onERC1155BatchReceived", "onERC1155Received", "onERC721Received", "renounceRole"}),
    "ParameterTimelock": frozenset(
        {
            "execute",  # what the governor decided and has waited
            "executeBatch",
            "onERC1155BatchReceived",
            "onERC1155Received",
            "onERC721Received",
            "renounceRole",
        }
    ),
    "DSHGovernor": frozenset(
        {
            "cancel",
            "castVote",
            "castVoteBySig",
            "castVoteWithReason",
            "castVoteWithReasonAndParams",
            "castVoteWithReasonAndParamsBySig",
            "execute",
            "onERC1155BatchReceived",
            "onERC1155Received",
            "onERC721Received",
            "propose",
            "queue",
        }
    ),
    "DOMSpaceToken": frozenset(
        {
            "approve",
            "burn",
            "burnFrom",
            "delegate",
            "delegateBySig",
            "payReward",
            "permit",
            "transfer",
            "transferFrom",
        }
    ),
    "DomainControl": frozenset({"confirm", "vote"}),
    "MiningEngine": frozenset(
        {"challengeScore", "discover", "lapseChallenge", "putReplication", "putScore", "settleScore", "withdraw"}
    ),
    # The record says which right is wanted, so an unknown record comes first.
    "ModelStorage": frozenset({"storeVersion"}),
    "NodeManager": frozenset(
        {
            "allocate",
            "beat",
            "create",
            "drain",
            "failJob",
            "merge",
            "release",
            "reportEquivocation",
            "retire",
            "scale",
            "setMaintenance",
            "setOperator",
            "takeRetired",
            "takeStake",
            "verifyJob",
        }
    ),
    "OptimizationRegistry": frozenset(),
    "PlanRegistry": frozenset(
        {
            "cancel",
            "changePlan",
            "chargeOverage",
            "commitKey",
            "depositOverage",
            "leaveOverage",
            "passOn",
            "renew",
            "returnOverage",
            "revokeKey",
            "setDomain",
            "settle",
            "startTrial",
            "subscribe",
            "withdraw",
        }
    ),
    "ProofOfOptimization": frozenset(
        {
            "answerNode",
            "answerStep",
            "answerStepNode",
            "answerToken",
            "attest",
            "commit",
            "commitChallenge",
            "demand",
            "expire",
            "finalize",
            "proveContext",
            "proveNest",
            "proveRule",
            "proveSelector",
            "proveStep",
            "proveSum",
            "proveToken",
            "reclaim",
            "reveal",
            "revealChallenge",
            "settleBounty",
            "timeout",
            "withdraw",
        }
    ),
    "RewardStreams": frozenset({"collect", "confirmServed"}),
    # `join` asks whether the one to be seated has the role, whoever calls.
    "VerifierStakes": frozenset(
        {"expel", "join", "leave", "release", "reportCanary", "reportEquivocation", "stakeFor", "withdraw"}
    ),
    "VirtualLandNFT": frozenset({"approve", "mintEarned", "safeTransferFrom", "setApprovalForAll", "transferFrom"}),
    "WrappedEther": frozenset({"approve", "deposit", "transfer", "transferFrom", "withdraw"}),
}
