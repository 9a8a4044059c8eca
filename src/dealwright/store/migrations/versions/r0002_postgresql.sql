ALTER TABLE workspace ADD COLUMN secret TEXT;

ALTER TABLE company ADD COLUMN excluded TEXT;

ALTER TABLE company ADD COLUMN screened_at TIMESTAMP WITH TIME ZONE;

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
    start TIMESTAMP WITH TIME ZONE NOT NULL,
    "end" TIMESTAMP WITH TIME ZONE NOT NULL,
    sequence INTEGER NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (uid),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id)
);

CREATE TABLE cursor (
    workspace_id TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    validity BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workspace_id, mailbox)
);

CREATE TABLE intent (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    slot TEXT NOT NULL,
    version INTEGER NOT NULL,
    because TEXT NOT NULL,
    review TEXT NOT NULL,
    state TEXT NOT NULL,
    not_before TIMESTAMP WITH TIME ZONE NOT NULL,
    look_at TIMESTAMP WITH TIME ZONE NOT NULL,
    held TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    token INTEGER NOT NULL,
    lease_until TIMESTAMP WITH TIME ZONE,
    worker TEXT,
    mailbox TEXT NOT NULL,
    message_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    body JSON,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    claimed_at TIMESTAMP WITH TIME ZONE,
    settled_at TIMESTAMP WITH TIME ZONE,
    result TEXT NOT NULL,
    evidence JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id),
    UNIQUE (workspace_id, case_id, kind, key)
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
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    key TEXT NOT NULL,
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
    key TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    lifted_by TEXT,
    lifted_because TEXT,
    lifted_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (workspace_id, scope, key),
    FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);

CREATE TABLE switch (
    name TEXT NOT NULL,
    stopped_by TEXT NOT NULL,
    because TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE tally (
    workspace_id TEXT NOT NULL,
    key TEXT NOT NULL,
    day TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, key, day)
);

CREATE INDEX appointment_case ON appointment (case_id);

CREATE INDEX intent_case ON intent (case_id);

CREATE INDEX intent_claimed ON intent (lease_until) WHERE state = 'claimed';

CREATE INDEX intent_message ON intent (workspace_id, message_id);

CREATE INDEX intent_ready ON intent (look_at) WHERE state = 'ready';

CREATE INDEX message_case ON message (case_id);

CREATE TRIGGER message_append_only BEFORE UPDATE OR DELETE ON message
FOR EACH ROW EXECUTE FUNCTION dealwright_append_only();

CREATE TRIGGER message_no_truncate BEFORE TRUNCATE ON message
FOR EACH STATEMENT EXECUTE FUNCTION dealwright_append_only();
