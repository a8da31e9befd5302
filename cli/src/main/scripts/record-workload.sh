#!/usr/bin/env bash
# Drives varied, moderate, real work while `eddy record` runs, for SECONDS_TOTAL seconds.
#
#   record-workload.sh PROFILE SECONDS_TOTAL SEED LOGFILE SOURCE_DIR
#
# PROFILE      builder | files | network: which work is more frequent
# SOURCE_DIR   a Maven project, copied to a scratch folder, built offline there
#
# Loopback only; every step has a time limit; the scratch folder is removed at the end.
set -u
profile=$1
total=$2
RANDOM=$3
log=$4
source_dir=$5
small_files=60

end=$((SECONDS + total))
scratch=$(mktemp -d "${TMPDIR:-/tmp}/eddy-workload-XXXXXX")
server=
child=
cleanup() {
  [ -n "$child" ] && kill "$child" 2>/dev/null
  [ -n "$server" ] && kill "$server" 2>/dev/null
  rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 143' TERM INT

say() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%S.%3NZ)" "$*" >>"$log"; }

# Runs a step in the background under a limit of 60 s or what is left, so that a signal gets through.
step() {
  local name=$1
  shift
  local left=$((end - SECONDS))
  [ "$left" -gt 60 ] && left=60
  [ "$left" -lt 1 ] && return
  say "begin $name"
  timeout -k 2 "$left" "$@" >/dev/null 2>&1 &
  child=$!
  wait "$child"
  say "end $name status $?"
  child=
}

between() { echo $(($1 + RANDOM % ($2 - $1 + 1))); }

mkdir -p "$scratch/www" "$scratch/copy"
cp -r "$source_dir" "$scratch/project"
rm -rf "$scratch/project/.git"
head -c 67108864 /dev/urandom >"$scratch/www/blob"
# Small files of their own: the server knows no ranges and answers a part with the whole file.
head -c $((small_files * 65536)) "$scratch/www/blob" | split -b 65536 -a 2 -d - "$scratch/www/small-"
jdk=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
port=$(between 20000 29999)
python3 -m http.server --bind 127.0.0.1 --directory "$scratch/www" "$port" >/dev/null 2>&1 &
server=$!
sleep 1

idle() { step "idle $1 s" sleep "$1"; }
build() { step "maven build" mvn -q -o -B -f "$scratch/project/pom.xml" clean package -DskipTests; }
compile() {
  rm -rf "$scratch/classes"
  step "javac" javac -proc:none -d "$scratch/classes" -cp "$(echo "$scratch"/project/lib/*.jar | tr ' ' ':')" \
    @<(find "$scratch/project/src/main" -name '*.java')
}
copy() {
  rm -rf "$scratch/copy"
  step "copy files" nice cp -r "$jdk/lib" "$scratch/copy"
}
archive() {
  rm -f "$scratch/archive.tar.gz"
  step "tar and gzip $1" nice tar -C "$jdk" -czf "$scratch/archive.tar.gz" "$1"
}
download() {
  local rate
  rate=$(between 2 20)
  step "download at $rate MB/s" curl -s --limit-rate "${rate}M" -m 15 -o "$scratch/download" "http://127.0.0.1:$port/blob"
}
downloads() {
  step "small downloads" bash -c "for i in \$(seq -w 0 $((small_files - 1))); do curl -s -m 5 --limit-rate 1M -o /dev/null http://127.0.0.1:$port/small-\$i; sleep 0.1; done"
}
search() { step "search files" nice grep -rlI --include='*.*' "interval$RANDOM" /usr/share /usr/lib/python3 --exclude-dir=locale; }
walk() { step "walk tree" nice find /usr /var -xdev -type f -size +64k; }
checksum() { step "checksums" nice sh -c "find '$jdk' -type f -exec sha256sum {} +"; }
sortnumbers() { step "sort" nice bash -c "seq 1 400000 | shuf | sort -n | tail -1"; }
script() { step "python" nice python3 -c "
import random, json
random.seed($RANDOM)
rows = [{'k': random.random(), 'v': [random.random() for _ in range(20)]} for _ in range(20000)]
text = json.dumps(sorted(rows, key=lambda r: r['k']))
json.loads(text)"; }

work() {
  case $1 in
    idle) idle "$(between 8 35)" ;;
    build) build ;;
    compile) compile ;;
    copy) copy ;;
    archive) archive conf ; archive legal ; [ $((RANDOM % 3)) -eq 0 ] && archive lib ;;
    download) download ;;
    downloads) downloads ;;
    search) search ;;
    walk) walk ;;
    checksum) checksum ;;
    sort) sortnumbers ;;
    script) script ;;
  esac
}

case $profile in
  builder) menu=(idle idle idle build build build compile compile copy walk script search download) ;;
  files) menu=(idle idle idle idle copy copy archive archive search search walk checksum sort build) ;;
  network) menu=(idle idle idle download download download downloads downloads script sort compile checksum) ;;
  *) echo "no profile $profile" >&2; exit 2 ;;
esac

say "profile $profile for $total s"
while [ "$SECONDS" -lt "$end" ]; do
  work "${menu[RANDOM % ${#menu[@]}]}"
  idle "$(between 1 9)"
done
say "done"
