# Waits for a test process to end, then drops the databases that it left on the server, and after a while the
# templates that nobody uses. sweep.rs starts it, as `heir LIST_TESTS LIST_ALL`; the process holds the other end of
# its standard input.
set -u
trap '' HUP INT TERM
command -v psql >/dev/null || exit

sweep() {
    # The queries yield statements, which \gexec runs in the same session, as it holds the locks.
    printf '%s \\gexec\n' "$1" | psql --no-psqlrc --quiet --no-password
}

cat
sweep "$1"
# Not the templates at once: the next test binary of the same run may use them.
sleep 5
sweep "$2"
