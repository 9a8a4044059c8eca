ALTER TABLE workspace ADD COLUMN secret TEXT;

ALTER TABLE company ADD COLUMN excluded TEXT;

ALTER TABLE company ADD COLUMN screened_at VARCHAR(32);

ALTER TABLE person ADD COLUMN subscriber TEXT;

ALTER TABLE person ADD COLUMN ground JSON;

ALTER TABLE "case" ADD COLUMN lawful JSON;

ALTER TABLE approval ADD COLUMN letter TEXT;

ALTER TABLE approval ADD COLUMN variant INTEGER;

ALTER TABLE task ADD COLUMN owner TEXT;

CREATE TABLE appointment (
    uid TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    calendar TEXT NOT NULL,
    state TEXT NOT NULL,
    place TEXT NOT NULL,
    start VARCHAR(32) NOT NULL,
    "end" VARCHAR(32) NOT NULL,
    sequence INTEGER NOT NULL,
    made_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (uid),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id)
);

CREATE TABLE cursor (
    workspace_id TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    validity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    read_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (workspace_id, mailbox)
);

CREATE TABLE intent (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    slot TEXT NOT NULL,
    version INTEGER NOT NULL,
    because TEXT NOT NULL,
    review TEXT NOT NULL,
    state TEXT NOT NULL,
    not_before VARCHAR(32) NOT NULL,
    look_at VARCHAR(32) NOT NULL,
    held TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    token INTEGER NOT NULL,
    lease_until VARCHAR(32),
    worker TEXT,
    mailbox TEXT NOT NULL,
    message_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    body JSON,
    made_at VARCHAR(32) NOT NULL,
    claimed_at VARCHAR(32),
    settled_at VARCHAR(32),
    result TEXT NOT NULL,
    evidence JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id),
    UNIQUE (workspace_id, case_id, kind, "key")
);

CREATE TABLE message (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    case_id TEXT,
    number INTEGER NOT NULL,
    direction TEXT NOT NULL,
    kind TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    message_id TEXT NOT NULL,
    in_reply_to TEXT NOT NULL,
    address TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    taken_at VARCHAR(32) NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    "key" TEXT NOT NULL,
    intent_id TEXT NOT NULL,
    about TEXT NOT NULL,
    body JSON NOT NULL,
    identity TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id),
    UNIQUE (workspace_id, identity)
);

CREATE TABLE suppression (
    workspace_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    "key" TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    lifted_by TEXT,
    lifted_because TEXT,
    lifted_at VARCHAR(32),
    PRIMARY KEY (workspace_id, scope, "key"),
    FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);

CREATE TABLE switch (
    name TEXT NOT NULL,
    stopped_by TEXT NOT NULL,
    because TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE tally (
    workspace_id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    day TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, "key", day)
);

CREATE INDEX appointment_case ON appointment (case_id);

CREATE INDEX intent_case ON intent (case_id);

CREATE INDEX intent_claimed ON intent (lease_until) WHERE state = 'claimed';

CREATE INDEX intent_message ON intent (workspace_id, message_id);

CREATE INDEX intent_ready ON intent (look_at) WHERE state = 'ready';

CREATE INDEX message_case ON message (case_id);

CREATE TRIGGER message_no_update BEFORE UPDATE ON message
BEGIN
    SELECT RAISE(ABORT, 'message is append-only');
END;

CREATE TRIGGER message_no_delete BEFORE DELETE ON message
BEGIN
    SELECT RAISE(ABORT, 'message is append-only');
END;
