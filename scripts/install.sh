#!/usr/bin/env bash
# Installs Plumbline @VERSION@ for the user who runs this; root is not needed.
#
#   curl -fsSL @ADDRESS@/install.sh | bash
#
# Settings, all optional:
#   PLUMBLINE_HOME   the folder to install to; default ~/.local/share/plumbline
#   PLUMBLINE_BIN    the folder for the link "plumb"; default ~/.local/bin
#   PLUMBLINE_FROM   the folder or address with the release's files; default @ADDRESS@
#   PLUMBLINE_JAVA   "own" installs the package with a Java, "installed" the one without; default: by what is installed
set -u
fail() { printf 'install: %s\n' "$1" >&2; exit 2; }
main() {
    local version='@VERSION@' from=${PLUMBLINE_FROM:-@ADDRESS@} plain='@PLAIN@' own='@OWN@'
    local home=${PLUMBLINE_HOME:-${HOME:?}/.local/share/plumbline} bin=${PLUMBLINE_BIN:-${HOME:?}/.local/bin}
    local system processor file digest actual
    case $(uname -s) in Linux) system=linux ;; Darwin) system=macos ;; *) system=other ;; esac
    case $(uname -m) in x86_64 | amd64) processor=x64 ;; aarch64 | arm64) processor=arm64 ;; *) processor=other ;; esac
    local command
    for command in tar gzip uname mktemp; do
        type -P "$command" >/dev/null || fail "$command is missing"
    done

    file=plumbline-$version.tar.gz digest=$plain
    if [[ ${PLUMBLINE_JAVA-} == own || (${PLUMBLINE_JAVA-} != installed && ! $(has_java) == yes) ]]; then
        # pairs of a platform and the digest of its package
        local pairs=($own) i
        for ((i = 0; i < ${#pairs[@]}; i += 2)); do
            if [[ ${pairs[i]} == "$system-$processor" ]]; then
                file=plumbline-$version-${pairs[i]}.tar.gz digest=${pairs[i + 1]}
            fi
        done
        if [[ $digest == "$plain" && $(has_java) != yes ]]; then
            fail "no Java of 17 or newer is here, and there is no package with one for $system-$processor; install a Java first"
        fi
    fi

    # not a local one: the trap runs when the function has ended
    work=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-install.XXXXXX") || fail 'cannot make a temporary folder'
    trap 'rm -rf -- "$work"' EXIT
    printf 'Fetching %s\n' "$from/$file"
    fetch "$from/$file" "$work/$file"
    actual=$(sha256 "$work/$file") || fail 'neither sha256sum nor shasum is here to check the download'
    [[ $actual == "$digest" ]] || fail "the digest of $file does not match: it is $actual and should be $digest. Nothing was installed"
    mkdir -p -- "$home" "$bin" 2>/dev/null && [[ -w $home && -w $bin ]] || fail "$home or $bin is not writable; set PLUMBLINE_HOME and PLUMBLINE_BIN"
    mkdir -- "$work/new" && tar -xzf "$work/$file" --strip-components=1 -C "$work/new" || fail "$file cannot be unpacked"
    printf 'version=%s\nurl=%s\nsha256=%s\n' "$version" "@ADDRESS@/plumbline-$version.tar.gz" "$plain" >"$work/new/release.txt"
    PLUMB_CACHE=none "$work/new/bin/plumb" --version >/dev/null || fail "plumb does not start; nothing was installed"
    # the old version stays until the new one is complete
    rm -rf -- "$home/$version.new" && mv -- "$work/new" "$home/$version.new" && rm -rf -- "${home:?}/$version" \
        && mv -- "$home/$version.new" "$home/$version" && ln -sfn -- "$home/$version/bin/plumb" "$bin/plumb" \
        || fail "cannot write to $home or $bin"
    # it prepares its class data here, where it stays; without, the first command would wait for it
    "$bin/plumb" --version >/dev/null
    printf 'Installed Plumbline %s: %s\n' "$version" "$bin/plumb"
    case :${PATH-}: in
        *":$bin:"*) printf 'Try:  plumb demo\n' ;;
        *) printf 'Put %s on your PATH, then try:  plumb demo\n' "$bin" ;;
    esac
}
has_java() {
    local program version
    program=${JAVA_HOME:+$JAVA_HOME/bin/java}
    [[ -n $program && -x $program ]] || program=$(type -P java) || return 0
    version=$("$program" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    [[ $version =~ ^[0-9]+$ ]] && ((version >= 17)) && printf yes
}
fetch() {
    case $1 in
        http://* | https://* | file://*)
            if type -P curl >/dev/null; then
                curl --fail --silent --show-error --location --retry 3 --output "$2" "$1" || unreachable "$1"
            elif type -P wget >/dev/null; then
                wget --quiet --output-document "$2" "$1" || unreachable "$1"
            else
                fail 'neither curl nor wget is here'
            fi
            ;;
        *) cp -- "$1" "$2" 2>/dev/null || fail "$1 is missing" ;;
    esac
}
unreachable() { fail "$1 cannot be fetched; behind a proxy, set HTTPS_PROXY (wget: https_proxy) to its address"; }
sha256() {
    if type -P sha256sum >/dev/null; then sha256sum -- "$1" | cut -d' ' -f1; else shasum -a 256 -- "$1" | cut -d' ' -f1; fi
}
main
