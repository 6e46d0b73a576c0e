"""The form of the database, step by step. A released step is never edited; a change is a new step."""

from __future__ import annotations

from itertools import chain

import numpy as np
from sqlite_utils import Database, Migrations

from storage import copies, grouping, seals
from storage.strands import write

migrations = Migrations("onrecord")
LATEST = 5
"""The number of steps, which a brought-up file carries as its `user_version`."""

_ARTICLES = """
CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    outlet INTEGER NOT NULL REFERENCES outlet,
    url TEXT,
    copies INTEGER NOT NULL             -- the group of articles that share one text, named by its lowest member
);
CREATE UNIQUE INDEX article_url ON article (outlet, url) WHERE url IS NOT NULL;
CREATE INDEX article_copies ON article (copies);
CREATE TABLE edition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    newest INTEGER NOT NULL,            -- 1 for the edition whose passages are witnesses, 0 for the superseded
    whole INTEGER NOT NULL,             -- 0: only quotations of it are known, and the text is they, a paragraph each
    digest BLOB NOT NULL,               -- SHA-256 of the text; of its first paragraph where it is not whole
    text TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,                     -- ISO 8601, UTC
    fetched TEXT,
    language TEXT NOT NULL,
    credits TEXT,                       -- JSON lists: as the page declares them, as read in the text
    credits_read TEXT,
    shingles BLOB                       -- the text's hashed shingles, ascending uint32; null where too short to compare
);
CREATE INDEX edition_article ON edition (article);
CREATE INDEX edition_digest ON edition (substr(digest, 1, 6));
CREATE INDEX edition_published ON edition (published) WHERE newest;
CREATE TABLE entity (
    edition INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    forms TEXT NOT NULL,
    roles TEXT NOT NULL
);
CREATE INDEX entity_edition ON entity (edition);
"""

_PASSAGES = """
CREATE TABLE speaker (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, UNIQUE (name, kind));
CREATE TABLE speaker_word (word TEXT NOT NULL, speaker INTEGER NOT NULL, PRIMARY KEY (word, speaker)) WITHOUT ROWID;
CREATE TABLE wording (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again: the index may still hold a removed one
    key INTEGER NOT NULL,                   -- 32-bit hash of the folded words
    words BLOB NOT NULL                     -- uint32 per folded word
);
CREATE INDEX wording_key ON wording (key);
CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edition INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
    wording INTEGER REFERENCES wording,     -- null in a superseded edition and where there is no word
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,                 -- code points of the edition's text, half open
    end INTEGER NOT NULL,
    outer_start INTEGER,                    -- with the marks; null for prose and for joined parts
    outer_end INTEGER,
    depth INTEGER NOT NULL,
    part_of INTEGER NOT NULL,               -- the split quotation within its article
    parts TEXT,                             -- JSON [[start, end], …] of what is joined
    digest BLOB NOT NULL,                   -- SHA-256 of the passage's text
    utterance INTEGER,                      -- its group, named by the lowest member; null where it stands alone
    speaker INTEGER REFERENCES speaker,     -- null with a rule: the speaker is unclear
    mention TEXT, mention_start INTEGER, mention_end INTEGER,
    cue TEXT, cue_start INTEGER, cue_end INTEGER,
    rule TEXT,                              -- null: nobody is said to have said it
    confidence REAL,
    via TEXT
);
CREATE INDEX passage_edition ON passage (edition);
CREATE INDEX passage_wording ON passage (wording) WHERE wording IS NOT NULL;
CREATE INDEX passage_speaker ON passage (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX passage_utterance ON passage (utterance) WHERE utterance IS NOT NULL;
CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE bookmark (                     -- beginnings of lists that were imported
    digest TEXT PRIMARY KEY,                -- SHA-256 of the list up to that line
    line INTEGER NOT NULL
) WITHOUT ROWID;
"""

_COPIES = """
CREATE TABLE shingle (                      -- a sample of each newest edition's shingles, to find copies by
    hash INTEGER NOT NULL,
    edition INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
    PRIMARY KEY (hash, edition)
) WITHOUT ROWID;
CREATE INDEX shingle_edition ON shingle (edition);
CREATE TABLE copy (                         -- pairs of articles that share a text
    one INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX copy_other ON copy (other);
"""

_UTTERANCES = """
CREATE TABLE rendering (                    -- pairs of passages that render one utterance
    one INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX rendering_other ON rendering (other);
CREATE TABLE apart (                        -- passages that a person has taken out, and those they were taken from
    passage INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    PRIMARY KEY (passage, other)
) WITHOUT ROWID;
CREATE INDEX apart_other ON apart (other);
CREATE TABLE event (                        -- what an article added to an utterance that was on record
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,                       -- when it was stored: ISO 8601, UTC
    kind TEXT NOT NULL,
    utterance INTEGER NOT NULL,
    passage INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE
);
CREATE INDEX event_passage ON event (passage);
"""

_INDEX = """
CREATE TABLE segment (                      -- an immutable part of the index; its wordings are in no other
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    live INTEGER NOT NULL,                  -- 1; 0 while it is being merged together, 2 when it has been merged away
    wordings INTEGER NOT NULL,
    postings INTEGER NOT NULL,
    first INTEGER NOT NULL,                 -- the lowest wording
    lengths BLOB NOT NULL                   -- uint8 from the lowest to the highest wording: its words, 0 where none
);
CREATE TABLE chunk (                        -- features with short lists of wordings
    id INTEGER PRIMARY KEY,                 -- segment << 32 | first feature
    data BLOB NOT NULL
);
CREATE TABLE list (                         -- one feature with a long list
    id INTEGER PRIMARY KEY,                 -- segment << 32 | feature
    data BLOB NOT NULL
);
CREATE TABLE directory (                    -- what readers keep in memory of a range of features
    id INTEGER PRIMARY KEY,                 -- segment << 32 | where the range begins
    firsts BLOB NOT NULL,                   -- uint32 per chunk: its first feature
    common BLOB NOT NULL,                   -- uint32 per long list, kept or not: its feature
    sizes BLOB NOT NULL                     -- uint32 per long list: how many wordings it has
);
CREATE TABLE gone (                         -- wordings that were removed and are not yet merged away
    wording INTEGER PRIMARY KEY
);
CREATE TABLE merge (                        -- merges under way
    target INTEGER PRIMARY KEY REFERENCES segment,
    postings INTEGER NOT NULL,              -- those of all sources
    sources TEXT NOT NULL,                  -- JSON {"segments": […], "gone": […]}
    reached INTEGER NOT NULL                -- features below are done
);
"""

_SERVERS = """
CREATE TABLE server (                       -- what each has chosen, by Discord's number
    id INTEGER PRIMARY KEY,
    departed TEXT,                          -- when the bot was sent away; null while it is there
    channel INTEGER,                        -- the fact-check channel
    least INTEGER NOT NULL DEFAULT 4,
    role INTEGER,
    quiet TEXT,                             -- JSON [start, end, zone]
    digest TEXT,                            -- JSON [time, zone]
    hourly INTEGER NOT NULL DEFAULT 6,
    checked TEXT,                           -- JSON list of channels
    speak INTEGER NOT NULL DEFAULT 0,
    locale TEXT,
    keeper INTEGER                          -- the user who chose the channel
);
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    least INTEGER NOT NULL,
    speakers TEXT,                          -- JSON lists
    outlets TEXT,
    words TEXT,
    kinds TEXT NOT NULL
);
CREATE INDEX rule_server ON rule (server);
CREATE TABLE muted (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    speaker TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (server, speaker)
) WITHOUT ROWID;
CREATE TABLE suppressed (                   -- utterances that are no divergence
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    utterance INTEGER NOT NULL,
    PRIMARY KEY (server, utterance)
) WITHOUT ROWID;
CREATE TABLE acknowledged (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    utterance INTEGER NOT NULL,
    user INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (server, utterance)
) WITHOUT ROWID;
CREATE INDEX acknowledged_user ON acknowledged (user);
CREATE TABLE posted (                       -- the message that stands for an utterance
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    utterance INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    message INTEGER NOT NULL,
    thread INTEGER,
    events INTEGER NOT NULL,
    PRIMARY KEY (server, utterance)
) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

_USERS = """
CREATE TABLE watch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX watch_user ON watch (user);
CREATE TABLE wrong (                        -- answers that users say are wrong
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL,
    server INTEGER,
    passages TEXT NOT NULL,                 -- JSON list
    comment TEXT,
    at TEXT NOT NULL
);
CREATE INDEX wrong_user ON wrong (user);
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    total INTEGER NOT NULL,
    done INTEGER NOT NULL,
    made TEXT NOT NULL,
    locale TEXT,
    message INTEGER
);
CREATE INDEX job_user ON job (user);
CREATE TABLE job_row (
    job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
    number INTEGER NOT NULL,                -- the line of the file
    text TEXT,                              -- null with an error
    speaker TEXT,
    outlet TEXT,
    url TEXT,
    identifier TEXT NOT NULL,
    error TEXT NOT NULL,
    result TEXT,                            -- JSON; null until it is answered
    PRIMARY KEY (job, number)
) WITHOUT ROWID;
"""

_OUTBOX = """
CREATE TABLE alert (                        -- what is to be sent, and what was
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,               -- what it tells: the same is told once
    server INTEGER REFERENCES server ON DELETE CASCADE,
    user INTEGER,
    channel INTEGER,
    utterance INTEGER,
    kind TEXT NOT NULL,
    passage INTEGER REFERENCES passage ON DELETE CASCADE,
    severity INTEGER NOT NULL,
    facts TEXT NOT NULL,                    -- JSON
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at TEXT NOT NULL,
    nonce TEXT NOT NULL,                    -- made of the key; tells a repeated message
    message INTEGER,
    sent_at TEXT
);
CREATE INDEX alert_due ON alert (next_at, id) WHERE state = 'pending';
CREATE INDEX alert_held ON alert (server) WHERE state = 'held';
CREATE INDEX alert_sent ON alert (server, sent_at) WHERE state = 'sent';
CREATE INDEX alert_server ON alert (server, utterance);
CREATE INDEX alert_utterance ON alert (utterance);
CREATE INDEX alert_user ON alert (user) WHERE user IS NOT NULL;
CREATE INDEX alert_passage ON alert (passage);
"""

_LIVE = """
CREATE TABLE feed (                         -- what is followed on the web
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    added TEXT NOT NULL,                    -- times: ISO 8601, UTC
    server INTEGER REFERENCES server ON DELETE SET NULL,
    paused INTEGER NOT NULL,
    etag TEXT, modified TEXT,               -- what its server wants to hear the next time
    next_at TEXT NOT NULL,
    polled TEXT,                            -- when it last answered
    interval INTEGER NOT NULL,              -- seconds
    error TEXT NOT NULL,
    failures INTEGER NOT NULL,              -- in a row
    polls INTEGER NOT NULL,
    found INTEGER NOT NULL                  -- articles that it brought
);
CREATE INDEX feed_due ON feed (next_at) WHERE NOT paused;
CREATE INDEX feed_server ON feed (server) WHERE server IS NOT NULL;
CREATE TABLE page (                         -- addresses that are fetched, or were
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    feed INTEGER REFERENCES feed ON DELETE SET NULL,
    title TEXT NOT NULL,
    published TEXT,
    seen TEXT NOT NULL,
    live INTEGER NOT NULL,                  -- 0: of the back catalogue
    asked INTEGER NOT NULL,                 -- 1: a person asked for it
    dropped INTEGER NOT NULL,               -- 1: its article was removed, and it does not come back by itself
    etag TEXT, modified TEXT,
    next_at TEXT,                           -- null: it is not visited any more
    fetched TEXT,
    article INTEGER REFERENCES article ON DELETE SET NULL,
    failures INTEGER NOT NULL,
    error TEXT NOT NULL
);
CREATE INDEX page_due ON page (live DESC, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX page_feed ON page (feed) WHERE feed IS NOT NULL;
CREATE INDEX page_article ON page (article) WHERE article IS NOT NULL;
ALTER TABLE edition ADD COLUMN modified TEXT;
ALTER TABLE edition ADD COLUMN dated TEXT NOT NULL DEFAULT '';
"""

_SEALS = """
CREATE TABLE seal (                         -- a hash of what an edition was stored with beside its text
    edition INTEGER PRIMARY KEY REFERENCES edition ON DELETE CASCADE,
    value INTEGER NOT NULL
);
"""

_STRANDS = """
ALTER TABLE passage ADD COLUMN strand INTEGER;
CREATE INDEX passage_strand ON passage (strand) WHERE strand IS NOT NULL;
DROP INDEX passage_utterance;
CREATE INDEX passage_utterance ON passage (utterance, edition, wording, speaker) WHERE utterance IS NOT NULL;
DROP INDEX passage_edition;
CREATE INDEX passage_edition ON passage (edition, part_of);
DELETE FROM shingle;
"""


@migrations()
def articles(db: Database) -> None:
    """Articles and their editions, what is read in them, and who shares a text."""
    _run(db, _ARTICLES + _PASSAGES + _COPIES + _UTTERANCES)


@migrations()
def index(db: Database) -> None:
    """The candidate index: segments of hashed features."""
    _run(db, _INDEX)


@migrations()
def orders(db: Database) -> None:
    """What servers and users ask of the bot, and what it owes them."""
    _run(db, _SERVERS + _USERS + _OUTBOX)


@migrations()
def live(db: Database) -> None:
    """What is followed on the web, where an edition's dates were read, and what damage is known by."""
    _run(db, _LIVE + _SEALS)
    seals.put_all(db)


@migrations()
def strands(db: Database) -> None:
    """The strand of each passage: those that are of its utterance for their words alone, named by the lowest.

    Of each text, fewer shingles are looked up than before.
    """
    _run(db, _STRANDS)
    texts = db.execute("SELECT id, shingles FROM edition WHERE newest AND shingles IS NOT NULL").fetchall()
    sampled = [
        (value, edition) for edition, held in texts for value in copies.sample(np.frombuffer(held, "<u4")).tolist()
    ]
    db.conn.executemany("INSERT INTO shingle (hash, edition) VALUES (?, ?)", sampled)
    links = db.execute("SELECT one, other FROM rendering").fetchall()
    apart = db.execute("SELECT passage, other FROM apart")
    write(db, "strand", grouping.strands(chain.from_iterable(links), links, apart))


def _run(db: Database, script: str) -> None:
    """Execute statements one by one: `executescript` would commit the transaction that a migration runs in."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)
