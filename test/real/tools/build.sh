#!/usr/bin/env bash
# Builds the real programs that the real-program tests run, from the Go modules and Python packages pinned beside this file, and
# skips what is there.
#
#   build.sh [TOOL...]        default: every tool that the tests need today
#
# Each program goes to $CACHE/<tool>/<version>-<key>/, where the key is a digest of what it was built from, so that a
# changed pin never meets a stale program and two checkouts share what is equal. CACHE is $ENVBUILDER_TOOLS or, without
# it, cdktf-coder-envbuilder/tools in the user's cache folder. Programs land there whole or not at all.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${ENVBUILDER_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-coder-envbuilder/tools}
mkdir -p "$cache"
# One build at a time: a second one would write the same files, and find them built when it is its turn.
exec 9>"$cache/.lock"
flock --nonblock 9 || { echo "waiting for another build" >&2 && flock 9; }
export CGO_ENABLED=0 GOTOOLCHAIN=local GOWORK=off
coder_version=2.29.1
kubernetes_version=1.34.1
go_version=$(go env GOVERSION)
platform=$(go env GOOS)_$(go env GOARCH)
failed=()

# folder TOOL VERSION INPUT...: where the tool of this version lives.
folder() {
  local tool=$1 version=$2
  shift 2
  echo "$cache/$tool/$version-$({ echo "$go_version $platform"; cat "$@"; } | sha256sum | cut -c1-12)"
}

# pinned TARGET FOLDER LDFLAGS PACKAGE: from the pinned module in FOLDER.
pinned() { (cd "$here/$2" && go build -mod=readonly -buildvcs=false -trimpath -ldflags "-s -w $3" -o "$1" "$4"); }

# released TARGET MODULE VERSION LDFLAGS PACKAGE: from a released module whose go.mod replaces dependencies, which counts only in
# the main module: its own go.mod, renamed, becomes that of a module of ours that requires it.
released() {
  local target=$1 module=$2 version=$3 ldflags=$4 package=$5 work source
  work=$(mktemp -d)
  (
    cd "$work"
    source=$(GOFLAGS=-mod=mod go mod download -json "$module@$version" | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p')
    # Kubernetes' staging folders are published as modules v0.X.Y of their own.
    sed -E -e 's#^module .*#module tools/released#' \
      -e "s#^(.*=>) \./staging/src/(k8s\.io/[a-z0-9-]+)\$#\1 \2 v0.${version#v1.}#" "$source/go.mod" >go.mod
    cp "$source/go.sum" go.sum && chmod u+w go.mod go.sum
    go mod edit -require="$module@$version"
    # Only `coder exp boundary` uses it, and it is not published as a module.
    if grep -q github.com/coder/boundary go.mod; then
      go mod edit -replace="github.com/coder/boundary=$here/coder-server/stub-boundary"
    fi
    go build -mod=mod -buildvcs=false -trimpath -ldflags "-s -w $ldflags" -o "$target" "$package"
  )
  rm -rf "$work"
}

# ensure FILE COMMAND...: runs COMMAND with the file to write as its first argument, unless FILE is there.
ensure() {
  local file=$1 start=$SECONDS
  shift
  if [ ! -e "$file" ]; then
    mkdir -p "$(dirname "$file")"
    local command=$1 part="$file.part"
    shift
    if ! "$command" "$part" "$@" || ! mv "$part" "$file"; then
      failed+=("${file#"$cache"/}")
      return
    fi
    echo "built: ${file#"$cache"/} ($((SECONDS - start)) s)" >&2
  fi
  echo "$file"
}

# provider TOOL ADDRESS VERSION LDFLAGS PACKAGE: a Terraform provider, laid out as a filesystem mirror.
provider() {
  local tool=$1 address=$2 version=$3 ldflags=$4 package=$5 dir
  dir=$(folder "$tool" "$version" "$here/$tool/go.mod" "$here/$tool/go.sum")
  ensure "$dir/registry.terraform.io/$address/$version/$platform/terraform-provider-${address#*/}_v$version" pinned "$tool" "$ldflags" "$package"
}

# program TOOL VERSION NAME LDFLAGS PACKAGE: a program of a pinned module.
program() {
  local dir
  dir=$(folder "$3" "$2" "$here/$1/go.mod" "$here/$1/go.sum" $(find "$here/$1" -name '*.go' ! -name tools.go | sort))
  ensure "$dir/$3" pinned "$1" "$4" "$5"
}

# virtual_environment TARGET REQUIREMENTS PROGRAM: a link to the program is the last thing that it makes.
virtual_environment() {
  local environment
  environment=$(dirname "$1")/environment
  python3 -m venv --clear "$environment" &&
    "$environment/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$2" >&2 &&
    ln -sf "environment/bin/$3" "$1"
}

# debian TARGET PACKAGES: the root file system of a workspace with the tools of everyday, and a user dev.
debian() {
  local root status=0
  root=$(mktemp -d)
  {
    # As a root is: that of mktemp would shut every user but root out.
    chmod 755 "$root" &&
      debootstrap --variant=minbase --include="$2" bookworm "$root" &&
      chroot "$root" useradd --create-home --shell /bin/bash dev &&
      rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale,info}/* &&
      tar --one-file-system --numeric-owner -C "$root" -cf "$1" .
  } >&2 || status=1
  rm -rf --one-file-system "$root"
  return "$status"
}

kubernetes() {
  local component=k8s.io/component-base/version minor=${kubernetes_version#1.}
  ensure "$(folder "$1" "$kubernetes_version" /dev/null)/$1" released k8s.io/kubernetes "v$kubernetes_version" \
    "-X $component.gitVersion=v$kubernetes_version -X $component.gitMajor=1 -X $component.gitMinor=${minor%%.*} -X $component.gitTreeState=clean" "$2"
}

[ $# -gt 0 ] || set -- coder-provider docker-provider kubernetes-provider envbuilder-provider envbuilder previewjson coder mitmproxy debian debian-java \
  etcd kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl
for tool in "$@"; do
  case $tool in
    coder-provider) provider "$tool" coder/coder 2.19.0 "" github.com/coder/terraform-provider-coder/v2 ;;
    # The newest commits that are published as modules, on the way to the versions that they are labelled with.
    docker-provider) provider "$tool" kreuzwerker/docker 4.6.0 "-X main.version=4.6.0" github.com/terraform-providers/terraform-provider-docker ;;
    kubernetes-provider) provider "$tool" hashicorp/kubernetes 3.2.2 "" github.com/hashicorp/terraform-provider-kubernetes ;;
    envbuilder-provider) provider "$tool" coder/envbuilder 1.0.0 "-X main.version=1.0.0" github.com/coder/terraform-provider-envbuilder ;;
    envbuilder) program envbuilder 1.3.0 envbuilder "" github.com/coder/envbuilder/cmd/envbuilder ;;
    previewjson) program preview 1.0.4 previewjson "" ./previewjson ;;
    coder)
      buildinfo=github.com/coder/coder/v2/buildinfo
      ensure "$(folder coder "$coder_version" "$here"/coder-server/stub-boundary/cli/cli.go)/coder" released github.com/coder/coder/v2 "v$coder_version" \
        "-X $buildinfo.tag=$coder_version -X $buildinfo.agpl=true" github.com/coder/coder/v2/cmd/coder
      ;;
    mitmproxy)
      requirements=$here/mitmproxy/requirements.txt
      ensure "$(folder mitmproxy 11.0.2 "$requirements" <(python3 --version))/mitmdump" virtual_environment "$requirements" mitmdump
      ;;
    debian | debian-java)
      packages=ca-certificates,curl,git,openssl,python3,python3-requests,sudo,wget
      # Large, and so for those alone who ask who trusts a certificate.
      [ "$tool" = debian ] || packages=$packages,ca-certificates-java,nodejs,openjdk-17-jre-headless,python3-pip
      ensure "$(folder "$tool" bookworm <(echo "$packages; / 755"))/$tool.tar" debian "$packages"
      ;;
    etcd) kubernetes etcd go.etcd.io/etcd/server/v3 ;;
    kube*) kubernetes "$tool" "k8s.io/kubernetes/cmd/$tool" ;;
    *)
      echo "unknown tool: $tool" >&2
      exit 2
      ;;
  esac
done

[ ${#failed[@]} -eq 0 ] || { printf 'failed: %s\n' "${failed[@]}" >&2; exit 1; }
