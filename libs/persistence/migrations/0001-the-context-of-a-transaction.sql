-- Who is asking, told once per transaction with SET LOCAL and compared by every policy.
-- After the transaction the settings are '' (not null), hence the nullif.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

create function ctx_space() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('palier.space', true), '')::uuid $$;

create function ctx_partner() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('palier.partner', true), '')::uuid $$;

create function ctx_account() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('palier.account', true), '')::uuid $$;

-- 'system' (the worker), 'desk' (reception, manager, administrator), 'partner' (one partner's people), 'public' (the page).
create function ctx_sight() returns text language sql stable parallel safe as
$$ select nullif(current_setting('palier.sight', true), '') $$;

-- The rule of secrecy, in one place: a partner sees its own; the desk sees everyone's, save what is confidential.
create function sees(of_partner uuid, is_confidential boolean) returns boolean language sql stable parallel safe as
$$ select ctx_sight() = 'system' or (ctx_sight() = 'desk' and not is_confidential) or of_partner = ctx_partner() $$;

-- unaccent is declared stable because its dictionary may change; ours does not, and an index needs it immutable.
create function plain_text(words text) returns text language sql immutable parallel safe as
$$ select lower(unaccent('unaccent'::regdictionary, words)) $$;

-- 13 or 15 digits in a row, spaces allowed between them: a social security number. Never stored.
create function looks_like_nir(words text) returns boolean language sql immutable parallel safe as
$$ select words ~ '(^|[^0-9])([0-9][ .\u00a0\u202f-]?){12}[0-9]([ .\u00a0\u202f-]?[0-9]{2})?($|[^0-9])' $$;
