-- A database as version 1 of its tables left it. Never edited: see "fixtures of every version" in sqlite.test.ts.
pragma foreign_keys = off;
begin;
CREATE TABLE "experiments" ("id" text not null primary key, "owner" text not null, "recipe_hash" text not null, "created_at" integer not null, "shared_at" integer, "delete_hash" text, "parent" text, "origin" text not null, "title" text, "lease_until" integer not null, "search" text not null, "document" text not null) strict;
CREATE TABLE "previews" ("experiment_id" text not null primary key references "experiments" ("id") on delete cascade, "png" text not null) strict;
CREATE TABLE "runs" ("experiment_id" text not null references "experiments" ("id") on delete cascade, "run" integer not null, "document" text not null, constraint "runs_key" primary key ("experiment_id", "run")) strict;
CREATE TABLE "seedbed_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
CREATE TABLE "seedbed_migrations" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
CREATE INDEX "experiments_listed" on "experiments" ("owner", "created_at" desc, "id");
CREATE INDEX "experiments_replayed" on "experiments" ("owner", "recipe_hash", "created_at" desc);
CREATE INDEX "experiments_unshared" on "experiments" ("created_at") where "shared_at" is null;
insert into experiments values ('AAAAAAAAAAAAAAAAAAAAAA', 'anna', 'a9ba398d6edc799b623f3b9b728e15f803d5133668679124d1540bbcc5d24d84', 1790000000000, 1790000001000, 'abababababababababababababababababababababababababababababababab', null, 'run', '"Moons \u0000 \udfff „ß“"', 0, 'MOONS � � „SS“
NUL �, HALF A PAIR �, 💮
WRITE A HAIKU ABOUT THE MOON. IT''S 100%_\.
SEEDLING-1
', '{"v":1,"recipe":{"v":1,"provider":"seedling","request":{"model":"seedling-1","messages":[{"role":"system","content":"NUL \u0000, half a pair \ud83d, 💮"},{"role":"user","content":"Write a haiku about the moon. It''s 100%_\\."}],"seed":7,"temperature":0.7,"top_p":0.9,"max_completion_tokens":60,"stop":["\n\n"],"logit_bias":{"5":-100},"logprobs":true,"top_logprobs":1},"arms":[{"label":"cool","set":{"temperature":0}},{"set":{"temperature":1,"seed":null}}],"repeats":2,"dispatch":"sequential","title":"A moon"}}');
insert into experiments values ('BBBBBBBBBBBBBBBBBBBBBB', 'anna', '1e45cbbe6f2629b9890bbd7262a629eada3bac475a353a3d62eae22ca2fddeee', 1780000000000, null, null, 'CCCCCCCCCCCCCCCCCCCCCC', 'import', null, 0, '
HI
GPT-4O-MINI', '{"v":1,"recipe":{"v":1,"provider":"openai","request":{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]},"repeats":1}}');
insert into previews values ('AAAAAAAAAAAAAAAAAAAAAA', 'iVBORw==');
insert into runs values ('AAAAAAAAAAAAAAAAAAAAAA', 1, '{"v":1,"run":{"run":1,"arm":0,"repeat":1,"seed":7,"model":"seedling-1","status":"ended","text":"Pale \u0000 moon \ud800 and\n🌙","tokens":[{"token":"Pale","logprob":-0.25,"bytes":[80,97,108,101],"top_logprobs":[{"token":"Pale","logprob":-0.25,"bytes":null}]}],"servedModel":"seedling-1","finish":"stop","fingerprints":["fp_1","fp_2"],"usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14},"requestId":"req_1","attempts":2,"timing":{"queuedMs":0.5,"firstTextMs":12.25,"totalMs":80}}}');
insert into runs values ('AAAAAAAAAAAAAAAAAAAAAA', 2, '{"v":1,"run":{"run":2,"arm":0,"repeat":2,"seed":7,"model":"seedling-1","status":"ended","text":"","servedModel":"seedling-1","finish":"aborted","fingerprints":[],"usage":null,"requestId":null,"attempts":1,"timing":{"queuedMs":0,"firstTextMs":null,"totalMs":3}}}');
insert into runs values ('AAAAAAAAAAAAAAAAAAAAAA', 4, '{"v":1,"run":{"run":4,"arm":1,"repeat":2,"seed":null,"model":"seedling-1","status":"failed","text":"Half a","error":{"code":"rate_limited","message":"Too many requests.","status":429,"param":null,"retryable":true}}}');
insert into seedbed_migration_lock values ('migration_lock', 0);
insert into seedbed_migrations values ('0001', '2026-11-22T17:20:16.636Z');
commit;
