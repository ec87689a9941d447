"""The roles of the house and what each may call: the only list of them.

Invariant: every restricted function of every contract has its row, or nobody but the admin could call it.
"""

from __future__ import annotations

#: Role ids of the AccessManager; 0 is its admin. The numbers are on chain for good: append, never renumber.
ROLES = {
    "GOVERNOR": 1,
    "ELECTOR": 2,
    "REGISTRAR": 3,
    "PAUSER": 4,
    "EMITTER": 5,
    "RECORDER": 6,
    "VERIFIER": 7,
    "CASHIER": 8,
    "GRANTER": 9,
    "CANARY_KEEPER": 10,
    "METER": 11,
    "STEWARD": 12,
    "UPGRADER": 13,
    # Who may do what with models is in contracts/models/Rights.sol, by these numbers.
    "SUPER_ADMIN": 14,
    "MODEL_ADMINISTRATOR": 15,
    "DATA_ADMIN": 16,
    "MODEL_ADMIN": 17,
    "DISPATCHER": 18,
}

#: What the deploying account holds on a development chain, and on any other until it hands over.
OPERATOR_ROLES = (
    "GOVERNOR",
    "REGISTRAR",
    "PAUSER",
    "CANARY_KEEPER",
    "METER",
    "STEWARD",
    "UPGRADER",
    "SUPER_ADMIN",
    "DISPATCHER",
)

#: Contract -> function -> role that may call it. Every restricted function has its row.
FUNCTIONS = {
    "ProofOfOptimization": {
        "setParameters": "GOVERNOR",
        "addRuleset": "GOVERNOR",
        "setAttestedPercent": "GOVERNOR",
        "setVerifier": "ELECTOR",
        "pause": "PAUSER",
        "unpause": "PAUSER",
    },
    "OptimizationRegistry": {
        "registerHost": "REGISTRAR",
        "recordSaving": "RECORDER",
        "recordSlash": "RECORDER",
        "recordFees": "CASHIER",
        "setQuota": "GOVERNOR",
        "grantReward": "GRANTER",
    },
    "DOMSpaceToken": {"queueReward": "EMITTER"},
    # Anyone may call `join`; whom it may seat is asked of this row.
    "VerifierStakes": {"join": "VERIFIER", "setMinimumStake": "GOVERNOR", "registerCanary": "CANARY_KEEPER"},
    "PlanRegistry": {
        "setPlan": "GOVERNOR",
        "setPrice": "GOVERNOR",
        "anchorUsage": "METER",
        "suspend": "STEWARD",
        "resume": "STEWARD",
        "upgradeToAndCall": "UPGRADER",
    },
    # `failJob` asks for the row of `startJob`.
    "NodeManager": {"setStakeRate": "GOVERNOR", "startJob": "DISPATCHER", "upgradeToAndCall": "UPGRADER"},
    "ModelStorage": {"pause": "PAUSER", "unpause": "PAUSER", "upgradeToAndCall": "UPGRADER"},
    "MiningEngine": {
        "deployRecipe": "GOVERNOR",
        "setMiningParameters": "GOVERNOR",
        "upgradeToAndCall": "UPGRADER",
    },
}
