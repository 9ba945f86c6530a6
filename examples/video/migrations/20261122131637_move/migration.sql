-- What was there before the triggers were, batch by batch; `src/steps.rs` has the steps.

-- mizzle: step accounts of public.users
-- mizzle: step rooms of public.meetings
-- mizzle: step audit_trail of public.audit_logs
