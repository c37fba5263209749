#!/bin/sh
# Makes the Debian packages of one published build.
#   build.sh PUBLISH_DIR NATIVE_DIR OUT_DIR VERSION
# PUBLISH_DIR holds the native programs (`forewarn`, `forewarn-probe` and what they load), NATIVE_DIR the simulated node. They become
#   forewarn            the program, its unit, its user
#   forewarn-simulator  the simulated node, kept apart so that no production node carries a libnvidia-ml that invents data
set -eu

[ $# -eq 4 ] || { sed -n '2,3s/^# *//p' "$0" >&2; exit 2; }
publish=$(realpath "$1") native=$(realpath "$2") out=$3 version=$4
packaging=$(realpath "$(dirname "$0")/..")
for program in forewarn forewarn-probe; do
    [ -x "$publish/$program" ] || { echo "build.sh: no program $publish/$program" >&2; exit 1; }
done
[ -d "$native" ] || { echo "build.sh: no folder $native" >&2; exit 1; }

# Debian's usual variables name whoever makes a release.
maintainer="${DEBFULLNAME:-The Forewarn authors} <${DEBEMAIL:-forewarn@forewarn.invalid}>"
architecture=$(dpkg --print-architecture)
# One commit makes the same bytes on every machine.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$packaging" log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
mkdir -p "$out"

# Folders and data as everyone may read them; the programs named executable.
copy_tree() { # FROM TO PROGRAM...
    mkdir -p "$2"
    cp -R "$1/." "$2/"
    to=$2
    shift 2
    find "$to" -type d -exec chmod 0755 {} +
    find "$to" -type f -exec chmod 0644 {} +
    for program; do [ ! -e "$to/$program" ] || chmod 0755 "$to/$program"; done
}

# The library packages that the ELF files of a tree need, with the versions that their symbols ask for.
library_packages() { # TREE
    mkdir -p "$work/shlibs/debian"
    : >"$work/shlibs/debian/control"
    elf=$(find "$1/usr/lib" -type f -size +3c -exec sh -c '[ "$(head -c 4 "$1" | tail -c 3)" = ELF ]' _ {} \; -print)
    # Our own file names carry no blanks. Libraries of the tree itself (-l) belong to no package: no error.
    # shellcheck disable=SC2046,SC2086
    (cd "$work/shlibs" && dpkg-shlibdeps -O --ignore-missing-info \
        $(printf '%s\n' $elf | sed 's|/[^/]*$||; s|^|-l|' | sort -u) $elf >depends 2>log) || {
        cat "$work/shlibs/log" >&2
        return 1
    }
    sed 's/^shlibs:Depends=//' "$work/shlibs/depends"
}

documents() { # TREE PACKAGE
    doc=$1/usr/share/doc/$2
    mkdir -p "$doc"
    cp "$packaging/deb/copyright" "$doc/copyright"
    printf '%s (%s) unstable; urgency=medium\n\n  * Release %s.\n\n -- %s  %s\n' "$2" "$version" "$version" \
        "$maintainer" "$(date -uR -d "@$SOURCE_DATE_EPOCH")" |
        gzip -9n >"$doc/changelog.gz"
    if [ -f "$packaging/deb/$2.lintian-overrides" ]; then
        mkdir -p "$1/usr/share/lintian/overrides"
        cp "$packaging/deb/$2.lintian-overrides" "$1/usr/share/lintian/overrides/$2"
    fi
}

package() { # TREE PACKAGE
    libraries=$(library_packages "$1")
    mkdir -p "$1/DEBIAN"
    (cd "$1" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    sed -e "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@MAINTAINER@/$maintainer/" \
        -e "s/@SIZE@/$(du -sk --exclude=DEBIAN "$1" | cut -f1)/; s/@LIBRARIES@/$libraries/" "$packaging/deb/$2.control" >"$1/DEBIAN/control"
    dpkg-deb --root-owner-group --build "$1" "$out/${2}_${version}_$architecture.deb" >/dev/null
    echo "$out/${2}_${version}_$architecture.deb"
}

tree=$work/forewarn
copy_tree "$publish" "$tree/usr/lib/forewarn" forewarn forewarn-probe
rm -rf "$tree/usr/lib/forewarn/simulated"
# Debugging symbols and IntelliSense text are for those who build it.
find "$tree/usr/lib/forewarn" \( -name '*.pdb' -o -name '*.dbg' -o -name '*.xml' \) -delete
for drop_in in privileged checkpoints; do cp "$packaging/systemd/$drop_in.conf" "$tree/usr/lib/forewarn/$drop_in.conf"; done
mkdir -p "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/usr/lib/sysusers.d" "$tree/etc/forewarn/forewarn.conf.d"
ln -s ../lib/forewarn/forewarn "$tree/usr/bin/forewarn"
for unit in forewarn forewarn-controller; do cp "$packaging/systemd/$unit.service" "$tree/usr/lib/systemd/system/$unit.service"; done
cp "$packaging/systemd/forewarn.sysusers" "$tree/usr/lib/sysusers.d/forewarn.conf"
"$publish/forewarn" config show --defaults >"$tree/etc/forewarn/forewarn.conf"
mkdir -p "$tree/usr/share/man/man8"
gzip -9n <"$packaging/man/forewarn.8" >"$tree/usr/share/man/man8/forewarn.8.gz"
documents "$tree" forewarn
copy_tree "$packaging/../docs/runbook" "$tree/usr/share/doc/forewarn/runbook"
for page in rules alerts; do install -m 0644 "$packaging/../docs/$page.md" "$tree/usr/share/doc/forewarn/$page.md"; done
for folder in alerts grafana; do copy_tree "$packaging/$folder" "$tree/usr/share/forewarn/$folder"; done
mkdir "$tree/DEBIAN"
echo /etc/forewarn/forewarn.conf >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do install -m 0755 "$packaging/deb/forewarn.$script" "$tree/DEBIAN/$script"; done
package "$tree" forewarn

tree=$work/forewarn-simulator
copy_tree "$native" "$tree/usr/lib/forewarn/simulated" forewarn-simnode
find "$tree/usr/lib" -type f \( -name '*.so*' -o -name forewarn-simnode \) -exec strip --strip-unneeded {} +
documents "$tree" forewarn-simulator
package "$tree" forewarn-simulator
