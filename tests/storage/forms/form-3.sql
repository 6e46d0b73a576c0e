PRAGMA application_id=1332630117;
PRAGMA user_version=3;
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'onrecord','articles','2026-11-25 14:01:50.091645+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'onrecord','index','2026-11-25 14:01:50.092034+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'onrecord','orders','2026-11-25 14:01:50.092920+00:00');
CREATE TABLE acknowledged (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    utterance INTEGER NOT NULL,
    user INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (server, utterance)
) WITHOUT ROWID;
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
INSERT INTO "alert" VALUES(1,'watch 1, article 1',NULL,3,NULL,NULL,'watch',1,0,'{"watch": 1}','pending',0,'2026-11-25T14:01:50.196+00:00','719671ae906ac875d4ee5982',NULL,NULL);
INSERT INTO "alert" VALUES(2,'server 7, utterance 1, new_outlet: daily.example',7,NULL,5,4,'new_outlet',4,0,'{}','pending',0,'2026-11-25T14:01:50.216+00:00','0fc45ad012e94556d600161a',NULL,NULL);
INSERT INTO "alert" VALUES(3,'server 7, utterance 1, new_wording: the lower gate of the harbor stays shut until the autumn tides are over',7,NULL,5,4,'new_wording',4,5,'{}','pending',0,'2026-11-25T14:01:50.216+00:00','98195497c4e2e3e867d73a54',NULL,NULL);
INSERT INTO "alert" VALUES(4,'watch 1, article 2',NULL,3,NULL,4,'watch',4,0,'{"watch": 1}','pending',0,'2026-11-25T14:01:50.216+00:00','fe710e018487e04e34eefd86',NULL,NULL);
CREATE TABLE apart (                        -- passages that a person has taken out, and those they were taken from
    passage INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    PRIMARY KEY (passage, other)
) WITHOUT ROWID;
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    outlet INTEGER NOT NULL REFERENCES outlet,
    url TEXT,
    copies INTEGER NOT NULL             -- the group of articles that share one text, named by its lowest member
);
INSERT INTO "article" VALUES(1,1,'https://harbour.example/gate',1);
INSERT INTO "article" VALUES(2,2,'https://daily.example/gate',2);
CREATE TABLE bookmark (                     -- beginnings of lists that were imported
    digest TEXT PRIMARY KEY,                -- SHA-256 of the list up to that line
    line INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE chunk (                        -- features with short lists of wordings
    id INTEGER PRIMARY KEY,                 -- segment << 32 | first feature
    data BLOB NOT NULL
);
INSERT INTO "chunk" VALUES(4395564009,X'2F00E9FBFE05FAA16D07C829B609237B9A0E39B69B0F03D5061260722A1BF92B211F2EF3202148623C27C9B5183AE66D453CA5250E42EEB8C05670D1F757BA175960F2860862997B386269143E6BD5FB467478E49C783CEC55799446AB7C10E16F80CBE6178C6887708D83252A8FB2DF3E94A6F6859685E2169E34778EA2608413A6409319A8A0A20CB059A3FCB4BAD126B894982BB8BB7B19BEFFD5B7C14591CECDA13AD6DE092DD2DFE719E9E2D6043BEFF8BEC9F8100C2FFA7F597BFD0300060007000A000B000D00100013001400170018001B001C001D00200023002500260029002A002B002E002F00320033003400370039003B003C003D003E00400043004500460049004C004D004F005000510054005600570059005A00010000000200000003000000010000000200000003000000020000000100000002000000030000000300000001000000030000000100000002000000030000000100000002000000030000000300000001000000020000000300000002000000010000000200000003000000020000000200000001000000020000000300000001000000020000000300000001000000030000000200000001000000020000000300000002000000030000000100000002000000030000000200000001000000020000000300000003000000030000000100000002000000030000000100000003000000010000000300000003000000030000000300000001000000030000000100000002000000030000000100000003000000020000000100000002000000030000000100000002000000030000000300000001000000030000000300000002000000010000000200000003000000020000000300000003000000010000000300000002000000');
INSERT INTO "chunk" VALUES(8674207008,X'2A0020E50505E9FBFE05FAA16D0775FD050864AF1C0A237B9A0E03D5061260722A1BED0C621D4EBEE61DF92B211F48623C27E66D453CDB8ACB489A2A925470D1F757BA175960F286086245CD2C713CEC55799446AB7C10E16F806887708D83252A8F26D6668FB2DF3E94A6F68596A48370A4608413A627E0C9AB349C27ADA0A20CB059A3FCB494982BB8BB7B19BEFFD5B7C156E9B7C2376A7BCB05D434D3E719E9E246CA8BF6100C2FFA0100030005000600070009000B000D000E000F00110013001600170019001B001D001F002000220023002500260028002A002C002E002F00300032003300350037003A003C003D003E003F004000420043004500060000000400000006000000040000000600000005000000060000000400000006000000040000000600000004000000060000000500000005000000040000000600000004000000060000000400000005000000060000000600000004000000060000000400000006000000040000000600000004000000060000000500000004000000060000000500000004000000060000000600000004000000060000000400000006000000040000000600000004000000060000000500000006000000040000000600000005000000040000000600000004000000060000000400000005000000060000000400000006000000060000000500000006000000050000000400000006000000060000000400000006000000');
INSERT INTO "chunk" VALUES(12985498601,X'2C00E9FBFE05FAA16D07C829B609237B9A0E39B69B0F03D5061260722A1BF92B211F48623C27C9B5183AE66D453C5E615B3FA5250E42EEB8C05670D1F757BA175960F2860862997B386269143E6BD5FB467478E49C783CEC557990681C7C9446AB7C10E16F806887708D83252A8FB2DF3E94A6F68596608413A6409319A8A0A20CB059A3FCB4BAD126B894982BB8BB7B19BEFFD5B7C14591CECD092DD2DFE719E9E28602F4EED6043BEF100C2FFA7F597BFD0200040005000700080009000B000D000F001100130014001500160018001A001B001C001E001F002000220023002500270028002A002B002C002D002E0030003100330035003700380039003A003C003D003F00400041000700000008000000070000000800000007000000070000000800000008000000080000000700000008000000070000000800000007000000080000000700000008000000070000000800000007000000070000000700000007000000080000000700000008000000080000000700000007000000080000000700000008000000070000000800000007000000070000000800000007000000080000000800000007000000080000000800000008000000080000000800000007000000080000000800000007000000080000000700000008000000070000000800000008000000080000000700000007000000080000000800000007000000080000000800000007000000');
CREATE TABLE copy (                         -- pairs of articles that share a text
    one INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE directory (                    -- what readers keep in memory of a range of features
    id INTEGER PRIMARY KEY,                 -- segment << 32 | where the range begins
    firsts BLOB NOT NULL,                   -- uint32 per chunk: its first feature
    common BLOB NOT NULL,                   -- uint32 per long list, kept or not: its feature
    sizes BLOB NOT NULL                     -- uint32 per long list: how many wordings it has
);
INSERT INTO "directory" VALUES(4294967296,X'E9FBFE05',X'',X'');
INSERT INTO "directory" VALUES(8589934592,X'20E50505',X'',X'');
INSERT INTO "directory" VALUES(12884901888,X'E9FBFE05',X'',X'');
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
INSERT INTO "edition" VALUES(1,1,0,1,X'621AF8A5305E3C375943F0B6C4DF97E014FD13511B72F519699793A7D7CDC90C','The lower gate of the harbour stays shut until spring, its keeper said on Monday.

“The lower gate of the harbour stays shut until the spring tides are over,” said Ada Lind, who keeps it.','The gate stays shut','2026-03-02T12:00:00+00:00','2026-03-02T12:00:00+00:00','en',NULL,NULL,X'24A2F007117CBF0855EAF81A2A4EB8384CA8E538CD9510391E12883C9E254B47A0F9544D6A9C0E4E21B0C35CE972C96DBA621E73808D28772C0D9A777FD35184C35D228741C5DD90E777C69443F7E6960F2CCDA47AA1DBD5EBF852E66495E6FD4294F7FD6CC0BFFF');
INSERT INTO "edition" VALUES(2,2,1,1,X'B9A29151A821DAA83F7822902CE069822889BA899A40F48DE8E30EA3DFB6963B','Keeper will not open the gate

“The lower gate of the harbour stays shut until the autumn tides are over,” Ada Lind told reporters.','The gate stays shut','2026-03-02T12:00:00+00:00','2026-03-02T12:00:00+00:00','en',NULL,NULL,X'CDA5030624A2F007D18FCB1755EAF81A55D265225C7231352A4EB838A93AD050EADBC95721B0C35C1CF4B061119FE57D7FD351849C44878A7DF4C68C7D7AD2B3EE1887B4C03914DD085856F16CC0BFFF');
INSERT INTO "edition" VALUES(3,1,1,1,X'F0C80A4DADB9EDA62175608AE5C168EB335C1DB73A6A3AB356DAC4A07200B2E4','The lower gate of the harbour stays shut until spring, its keeper said on Monday evening.

“The lower gate of the harbour stays shut until the spring tides are over,” said Ada Lind, its keeper.','The gate stays shut','2026-03-02T12:00:00+00:00','2026-03-02T12:00:00+00:00','en',NULL,NULL,X'D495540624A2F007117CBF081BA12E1A55EAF81ACDBC481BFF9741372A4EB8384CA8E5381E12883C9E254B47A0F9544D21B0C35CE972C96DBA621E73808D28777FD3518441C5DD90D2F59D940F2CCDA4BFD19EB5158C0FBA7AA1DBD5EBF852E66495E6FD6CC0BFFF');
CREATE TABLE entity (
    edition INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    forms TEXT NOT NULL,
    roles TEXT NOT NULL
);
INSERT INTO "entity" VALUES(1,'Ada Lind','person','["Ada Lind"]','[]');
INSERT INTO "entity" VALUES(2,'Ada Lind','person','["Ada Lind"]','[]');
INSERT INTO "entity" VALUES(2,'Keeper','person','["Keeper"]','[]');
INSERT INTO "entity" VALUES(3,'Ada Lind','person','["Ada Lind"]','[]');
CREATE TABLE event (                        -- what an article added to an utterance that was on record
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,                       -- when it was stored: ISO 8601, UTC
    kind TEXT NOT NULL,
    utterance INTEGER NOT NULL,
    passage INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE
);
INSERT INTO "event" VALUES(1,'2026-11-25T14:01:50Z','new_outlet',1,4);
INSERT INTO "event" VALUES(2,'2026-11-25T14:01:50Z','new_wording',1,4);
INSERT INTO "event" VALUES(3,'2026-11-25T14:01:50Z','new_outlet',4,7);
INSERT INTO "event" VALUES(4,'2026-11-25T14:01:50Z','new_wording',4,7);
CREATE TABLE gone (                         -- wordings that were removed and are not yet merged away
    wording INTEGER PRIMARY KEY
);
INSERT INTO "gone" VALUES(2);
INSERT INTO "gone" VALUES(3);
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
INSERT INTO "job" VALUES(1,3,5,'list.csv','queued',1,0,'2026-03-02T12:00:00.000+00:00',NULL,NULL);
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
INSERT INTO "job_row" VALUES(1,1,'The gate',NULL,NULL,NULL,'','',NULL);
CREATE TABLE list (                         -- one feature with a long list
    id INTEGER PRIMARY KEY,                 -- segment << 32 | feature
    data BLOB NOT NULL
);
CREATE TABLE merge (                        -- merges under way
    target INTEGER PRIMARY KEY REFERENCES segment,
    postings INTEGER NOT NULL,              -- those of all sources
    sources TEXT NOT NULL,                  -- JSON {"segments": […], "gone": […]}
    reached INTEGER NOT NULL                -- features below are done
);
CREATE TABLE muted (
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    speaker TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (server, speaker)
) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO "outlet" VALUES(1,'harbour.example');
INSERT INTO "outlet" VALUES(2,'daily.example');
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
INSERT INTO "passage" VALUES(1,1,NULL,'direct',84,157,83,158,0,1,NULL,X'481BB3AC7DD0E4BA5376B711775E8281D75F0EDD242FF670477EB5BC34EEB423',NULL,1,'Ada Lind',164,172,'said',159,163,'say:after',0.9352,NULL);
INSERT INTO "passage" VALUES(2,1,NULL,'indirect',0,81,NULL,NULL,0,0,NULL,X'64F96EAC43C8DAA6416C9963F7AF6065188B6FFE38377FCFFE4CA6581E0C92F8',NULL,2,'its keeper',55,65,'said',66,70,'say:indirect',0.9,NULL);
INSERT INTO "passage" VALUES(3,1,NULL,'prose',83,187,NULL,NULL,0,0,NULL,X'9C6FF4E1F3F14C4EBDC88A69A5F0D485B8940E7A702362364B034F2A46808606',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "passage" VALUES(4,2,4,'direct',32,105,31,106,0,1,NULL,X'219E7A840275D21E7BCC7BA3868C8331BCDD2D5932EAE080D400368BBC777F25',4,1,'Ada Lind',107,115,'told',116,120,'tell:after',0.9352,NULL);
INSERT INTO "passage" VALUES(5,2,5,'prose',0,29,NULL,NULL,0,0,NULL,X'44F6B3E0E798C620388EE603527B8A433A47FBB955DD93F98EB6323BCD0C9744',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "passage" VALUES(6,2,6,'prose',31,131,NULL,NULL,0,0,NULL,X'0C0B059539BA5C6853216433C0B4AE96FD9915D0BCF2DDD8F5D686A0BD09F6CD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "passage" VALUES(7,3,1,'direct',92,165,91,166,0,1,NULL,X'481BB3AC7DD0E4BA5376B711775E8281D75F0EDD242FF670477EB5BC34EEB423',4,1,'Ada Lind',172,180,'said',167,171,'say:after',0.9352,NULL);
INSERT INTO "passage" VALUES(8,3,7,'indirect',0,89,NULL,NULL,0,0,NULL,X'38AF3CBEFB9A0519726B9647061E0ED8CD56B676FFB238537FC433E501685E87',NULL,2,'its keeper',55,65,'said',66,70,'say:indirect',0.9,NULL);
INSERT INTO "passage" VALUES(9,3,8,'prose',91,193,NULL,NULL,0,0,NULL,X'4A68F59CB9C75FE12D8CB45CAEF065F41B903D5844C610300CF03DEDC2D5055A',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE posted (                       -- the message that stands for an utterance
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    utterance INTEGER NOT NULL,
    channel INTEGER NOT NULL,
    message INTEGER NOT NULL,
    thread INTEGER,
    events INTEGER NOT NULL,
    PRIMARY KEY (server, utterance)
) WITHOUT ROWID;
CREATE TABLE rendering (                    -- pairs of passages that render one utterance
    one INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES passage ON DELETE CASCADE,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
INSERT INTO "rendering" VALUES(4,7);
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    least INTEGER NOT NULL,
    speakers TEXT,                          -- JSON lists
    outlets TEXT,
    words TEXT,
    kinds TEXT NOT NULL
);
INSERT INTO "rule" VALUES(1,7,0,'[]','[]','[]','["misquote", "new_attribution", "new_outlet", "new_wording", "outlets_disagree"]');
CREATE TABLE segment (                      -- an immutable part of the index; its wordings are in no other
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    live INTEGER NOT NULL,                  -- 1; 0 while it is being merged together, 2 when it has been merged away
    wordings INTEGER NOT NULL,
    postings INTEGER NOT NULL,
    first INTEGER NOT NULL,                 -- the lowest wording
    lengths BLOB NOT NULL                   -- uint8 from the lowest to the highest wording: its words, 0 where none
);
INSERT INTO "segment" VALUES(1,1,3,90,1,X'0E0F14');
INSERT INTO "segment" VALUES(2,1,3,69,4,X'0E0612');
INSERT INTO "segment" VALUES(3,1,2,65,7,X'1013');
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
INSERT INTO "server" VALUES(7,NULL,5,4,NULL,NULL,NULL,6,'[]',0,NULL,NULL);
CREATE TABLE shingle (                      -- a sample of each newest edition's shingles, to find copies by
    hash INTEGER NOT NULL,
    edition INTEGER NOT NULL REFERENCES edition ON DELETE CASCADE,
    PRIMARY KEY (hash, edition)
) WITHOUT ROWID;
INSERT INTO "shingle" VALUES(100902349,2);
INSERT INTO "shingle" VALUES(133210660,2);
INSERT INTO "shingle" VALUES(399216593,2);
INSERT INTO "shingle" VALUES(452520533,2);
INSERT INTO "shingle" VALUES(577098325,2);
INSERT INTO "shingle" VALUES(892432988,2);
INSERT INTO "shingle" VALUES(951602730,2);
INSERT INTO "shingle" VALUES(106206676,3);
INSERT INTO "shingle" VALUES(133210660,3);
INSERT INTO "shingle" VALUES(146766865,3);
INSERT INTO "shingle" VALUES(439263515,3);
INSERT INTO "shingle" VALUES(452520533,3);
INSERT INTO "shingle" VALUES(457751757,3);
INSERT INTO "shingle" VALUES(927045631,3);
INSERT INTO "shingle" VALUES(951602730,3);
INSERT INTO "shingle" VALUES(954574924,3);
INSERT INTO "shingle" VALUES(1015550494,3);
CREATE TABLE speaker (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, UNIQUE (name, kind));
INSERT INTO "speaker" VALUES(1,'Ada Lind','person');
INSERT INTO "speaker" VALUES(2,'its keeper','role');
CREATE TABLE speaker_word (word TEXT NOT NULL, speaker INTEGER NOT NULL, PRIMARY KEY (word, speaker)) WITHOUT ROWID;
INSERT INTO "speaker_word" VALUES('ada',1);
INSERT INTO "speaker_word" VALUES('its',2);
INSERT INTO "speaker_word" VALUES('keeper',2);
INSERT INTO "speaker_word" VALUES('lind',1);
CREATE TABLE suppressed (                   -- utterances that are no divergence
    server INTEGER NOT NULL REFERENCES server ON DELETE CASCADE,
    utterance INTEGER NOT NULL,
    PRIMARY KEY (server, utterance)
) WITHOUT ROWID;
CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "tally" VALUES('articles',2);
INSERT INTO "tally" VALUES('quotations',2);
CREATE TABLE watch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
);
INSERT INTO "watch" VALUES(1,3,'speaker','Ada Lind');
CREATE TABLE wording (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never used again: the index may still hold a removed one
    key INTEGER NOT NULL,                   -- 32-bit hash of the folded words
    words BLOB NOT NULL                     -- uint32 per folded word
);
INSERT INTO "wording" VALUES(1,2905685082,X'E66D453C237B9A0E94982BB8FAA16D07E66D453C48623C27E719E9E260722A1B83252A8FE66D453C69143E6B03D50612A6F6859659A3FCB4');
INSERT INTO "wording" VALUES(4,1529731001,X'E66D453C237B9A0E94982BB8FAA16D07E66D453C48623C27E719E9E260722A1B83252A8FE66D453C26D6668F03D50612A6F6859659A3FCB4');
INSERT INTO "wording" VALUES(5,4006202838,X'9446AB7C4EBEE61D75FD0508A48370A4E66D453C94982BB8');
INSERT INTO "wording" VALUES(6,141169743,X'E66D453C237B9A0E94982BB8FAA16D07E66D453C48623C27E719E9E260722A1B83252A8FE66D453C26D6668F03D50612A6F6859659A3FCB46887708D608413A620E50505DB8ACB48');
INSERT INTO "wording" VALUES(7,1183781361,X'E66D453C237B9A0E94982BB8FAA16D07E66D453C48623C27E719E9E260722A1B83252A8F69143E6BC9B5183A9446AB7CD6043BEFC829B609092DD2DF90681C7C');
INSERT INTO "wording" VALUES(8,2013246926,X'E66D453C237B9A0E94982BB8FAA16D07E66D453C48623C27E719E9E260722A1B83252A8FE66D453C69143E6B03D50612A6F6859659A3FCB4D6043BEF6887708D608413A6C9B5183A9446AB7C');
CREATE TABLE wrong (                        -- answers that users say are wrong
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER NOT NULL,
    server INTEGER,
    passages TEXT NOT NULL,                 -- JSON list
    comment TEXT,
    at TEXT NOT NULL
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX article_url ON article (outlet, url) WHERE url IS NOT NULL;
CREATE INDEX article_copies ON article (copies);
CREATE INDEX edition_article ON edition (article);
CREATE INDEX edition_digest ON edition (substr(digest, 1, 6));
CREATE INDEX edition_published ON edition (published) WHERE newest;
CREATE INDEX entity_edition ON entity (edition);
CREATE INDEX wording_key ON wording (key);
CREATE INDEX passage_edition ON passage (edition);
CREATE INDEX passage_wording ON passage (wording) WHERE wording IS NOT NULL;
CREATE INDEX passage_speaker ON passage (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX passage_utterance ON passage (utterance) WHERE utterance IS NOT NULL;
CREATE INDEX shingle_edition ON shingle (edition);
CREATE INDEX copy_other ON copy (other);
CREATE INDEX rendering_other ON rendering (other);
CREATE INDEX apart_other ON apart (other);
CREATE INDEX event_passage ON event (passage);
CREATE INDEX rule_server ON rule (server);
CREATE INDEX acknowledged_user ON acknowledged (user);
CREATE INDEX watch_user ON watch (user);
CREATE INDEX wrong_user ON wrong (user);
CREATE INDEX job_user ON job (user);
CREATE INDEX alert_due ON alert (next_at, id) WHERE state = 'pending';
CREATE INDEX alert_held ON alert (server) WHERE state = 'held';
CREATE INDEX alert_sent ON alert (server, sent_at) WHERE state = 'sent';
CREATE INDEX alert_server ON alert (server, utterance);
CREATE INDEX alert_utterance ON alert (utterance);
CREATE INDEX alert_user ON alert (user) WHERE user IS NOT NULL;
CREATE INDEX alert_passage ON alert (passage);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('rule',1);
INSERT INTO "sqlite_sequence" VALUES('watch',1);
INSERT INTO "sqlite_sequence" VALUES('article',2);
INSERT INTO "sqlite_sequence" VALUES('edition',3);
INSERT INTO "sqlite_sequence" VALUES('wording',8);
INSERT INTO "sqlite_sequence" VALUES('segment',3);
INSERT INTO "sqlite_sequence" VALUES('passage',9);
INSERT INTO "sqlite_sequence" VALUES('alert',4);
INSERT INTO "sqlite_sequence" VALUES('event',4);
INSERT INTO "sqlite_sequence" VALUES('job',1);
COMMIT;
