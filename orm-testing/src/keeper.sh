# Runs the private cluster for as long as somebody uses it, then removes the folder. cluster.rs starts it in that
# folder, as `keeper BIN GRACE PORT...`, with the locked file `keeper` as standard input; other programs must not
# inherit that one, or they would keep it locked.
set -u
trap '' HUP INT TERM
bin=$1 grace=$2
shift 2

# lock FD [-n]: takes the exclusive lock on an open file, with -n only if that needs no waiting.
if command -v flock >/dev/null; then
    lock() { flock ${2-} "$1" </dev/null; }
elif command -v perl >/dev/null; then
    lock() {
        perl -MFcntl=:flock -e '
            open my $file, "<&=", $ARGV[0] or exit 1;
            exit !flock $file, @ARGV > 1 ? LOCK_EX | LOCK_NB : LOCK_EX;
        ' "$@" </dev/null
    }
else
    echo 'neither `flock` (of util-linux) nor `perl` is installed, and one of them is needed'
    exit 1
fi

init() {
    "$bin/initdb" --pgdata="$PWD/data" --username=postgres --pwfile=password --auth=password --encoding=UTF8 \
        --no-sync "$@" </dev/null
}

start() {
    # Not every system has C.UTF-8, which sorts by code point and knows the case of every letter.
    init --locale=C.UTF-8 || init --locale=C || return
    [ ! -d files ] || cp -p files/* data/ </dev/null || return
    cat >>data/postgresql.conf <<-END || return
		listen_addresses = '127.0.0.1'
		unix_socket_directories = ''
		max_connections = 300
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		wal_level = minimal
		max_wal_senders = 0
		max_logical_replication_workers = 0
		autovacuum = off
		timezone = 'UTC'
	END
    [ ! -e settings ] || cat settings >>data/postgresql.conf || return
    for port; do
        "$bin/postgres" -D "$PWD/data" -p "$port" </dev/null &
        server=$!
        while kill -0 "$server" 2>/dev/null; do
            # The eighth line is the server's state.
            case $(sed -n 8p data/postmaster.pid 2>/dev/null </dev/null) in
            ready*)
                echo "ready $port" >state.new && mv state.new state
                return
                ;;
            esac
            sleep 0.02 </dev/null
        done
        # Most likely another program took the port.
        server=
    done
    return 1
}

server=
start "$@" || echo failed >state

# `command` keeps the shell alive if somebody has removed the folder; then there is nothing to wait for either.
while command exec 8<users; do
    lock 8 || break
    exec 8<&-
    [ -z "$server" ] || sleep "$grace" </dev/null
    command exec 9<start && lock 9 || break
    command exec 8<users && lock 8 -n && break
    exec 8<&- 9<&-
done

if [ -n "$server" ]; then
    kill -QUIT "$server"
    wait "$server"
fi
# The folder goes out of sight at once, as whoever joins next makes a new one while we still remove this one.
[ -e start ] && mv "$PWD" "$PWD.$$" && rm -rf "$PWD.$$"
