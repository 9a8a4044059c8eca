CREATE TABLE bucket (
    workspace_id TEXT NOT NULL,
    "key" TEXT NOT NULL,
    tokens FLOAT NOT NULL,
    filled_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (workspace_id, "key")
);

CREATE TABLE material (
    workspace_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (workspace_id, digest)
);

CREATE TABLE page (
    workspace_id TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched_at VARCHAR(32) NOT NULL,
    expires_at VARCHAR(32) NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (workspace_id, url)
);

CREATE TABLE purse (
    workspace_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    cap BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    spent BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, scope)
);

CREATE TABLE reservation (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    amount BIGINT NOT NULL,
    scopes JSON NOT NULL,
    campaign_id TEXT,
    case_id TEXT,
    PRIMARY KEY (id)
);

CREATE TABLE spend (
    workspace_id TEXT NOT NULL,
    reservation TEXT NOT NULL,
    scope TEXT NOT NULL,
    kind TEXT NOT NULL,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    amount BIGINT NOT NULL,
    at VARCHAR(32) NOT NULL,
    campaign_id TEXT,
    case_id TEXT,
    run_id TEXT,
    PRIMARY KEY (reservation, scope, kind),
    CHECK (amount >= 0)
);

CREATE TABLE tick (
    workspace_id TEXT NOT NULL,
    name TEXT NOT NULL,
    fire_time VARCHAR(32) NOT NULL,
    PRIMARY KEY (workspace_id, name, fire_time)
);

CREATE TABLE workspace (
    id TEXT NOT NULL,
    paused_by TEXT,
    paused_because TEXT,
    created_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE chain (
    workspace_id TEXT NOT NULL,
    length BIGINT NOT NULL,
    tip TEXT NOT NULL,
    PRIMARY KEY (workspace_id),
    FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);

CREATE TABLE company (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    name TEXT NOT NULL,
    domain TEXT,
    PRIMARY KEY (id),
    UNIQUE (workspace_id, id),
    UNIQUE (workspace_id, domain),
    FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);

CREATE TABLE event (
    workspace_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_id TEXT,
    because TEXT NOT NULL,
    body JSON NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (workspace_id, seq),
    FOREIGN KEY(workspace_id) REFERENCES workspace (id)
);

CREATE TABLE person (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    company_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email_key TEXT,
    email TEXT,
    phone TEXT,
    provenance TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (workspace_id, id),
    UNIQUE (workspace_id, email_key),
    FOREIGN KEY(workspace_id, company_id) REFERENCES company (workspace_id, id)
);

CREATE TABLE "case" (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    department TEXT NOT NULL,
    name TEXT NOT NULL,
    parent_id TEXT,
    person_id TEXT,
    company_id TEXT,
    priority INTEGER NOT NULL,
    due_at VARCHAR(32),
    version INTEGER NOT NULL,
    lease_token INTEGER NOT NULL,
    lease_until VARCHAR(32),
    lease_by TEXT,
    paused_by TEXT,
    paused_because TEXT,
    autonomy TEXT,
    budget JSON,
    created_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (workspace_id, id),
    FOREIGN KEY(workspace_id) REFERENCES workspace (id),
    FOREIGN KEY(workspace_id, parent_id) REFERENCES "case" (workspace_id, id),
    FOREIGN KEY(workspace_id, person_id) REFERENCES person (workspace_id, id),
    FOREIGN KEY(workspace_id, company_id) REFERENCES company (workspace_id, id)
);

CREATE INDEX case_company ON "case" (company_id);

CREATE INDEX case_due ON "case" (priority, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX case_leased ON "case" (lease_until) WHERE lease_until IS NOT NULL;

CREATE INDEX case_parent ON "case" (parent_id);

CREATE INDEX case_person ON "case" (person_id);

CREATE TABLE approval (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    state TEXT NOT NULL,
    because TEXT NOT NULL,
    asked_at VARCHAR(32) NOT NULL,
    expires_at VARCHAR(32) NOT NULL,
    decided_by TEXT,
    decided_because TEXT,
    decided_at VARCHAR(32),
    PRIMARY KEY (id),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id),
    UNIQUE (case_id, slot, version)
);

CREATE TABLE fact (
    workspace_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    point TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    quote TEXT NOT NULL,
    observed_at VARCHAR(32) NOT NULL,
    confidence FLOAT NOT NULL,
    PRIMARY KEY (case_id, slot, version, id),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id)
)
    WITHOUT ROWID;

CREATE TABLE run (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    agent TEXT NOT NULL,
    slot TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    because TEXT NOT NULL,
    brain TEXT NOT NULL,
    outcome TEXT NOT NULL,
    inputs JSON NOT NULL,
    material TEXT,
    product JSON,
    reasoning TEXT NOT NULL,
    error TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    model TEXT NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cost BIGINT NOT NULL,
    calls INTEGER NOT NULL,
    reservation TEXT,
    started_at VARCHAR(32) NOT NULL,
    latency_ms INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id),
    UNIQUE (case_id, agent, fingerprint, workspace_id)
);

CREATE TABLE task (
    id TEXT NOT NULL,
    workspace_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    because TEXT NOT NULL,
    context JSON NOT NULL,
    deadline VARCHAR(32),
    state TEXT NOT NULL,
    opened_at VARCHAR(32) NOT NULL,
    closed_by TEXT,
    closed_because TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id),
    UNIQUE (case_id, kind, "key")
);

CREATE TABLE product (
    workspace_id TEXT NOT NULL,
    case_id TEXT NOT NULL,
    slot TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    value JSON,
    inputs JSON NOT NULL,
    run_id TEXT,
    by_whom TEXT NOT NULL,
    retries INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    PRIMARY KEY (case_id, slot, version),
    FOREIGN KEY(workspace_id, case_id) REFERENCES "case" (workspace_id, id),
    FOREIGN KEY(run_id) REFERENCES run (id)
)
    WITHOUT ROWID;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'event is append-only');
END;

CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'event is append-only');
END;

CREATE TRIGGER run_no_update BEFORE UPDATE ON run
BEGIN
    SELECT RAISE(ABORT, 'run is append-only');
END;

CREATE TRIGGER run_no_delete BEFORE DELETE ON run
BEGIN
    SELECT RAISE(ABORT, 'run is append-only');
END;

CREATE TRIGGER product_no_update BEFORE UPDATE ON product
BEGIN
    SELECT RAISE(ABORT, 'product is append-only');
END;

CREATE TRIGGER product_no_delete BEFORE DELETE ON product
BEGIN
    SELECT RAISE(ABORT, 'product is append-only');
END;
