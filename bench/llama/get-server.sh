#!/bin/sh
# Brings llama.cpp's server from Debian sid into a folder, and installs nothing: sh bench/llama/get-server.sh FOLDER
# apt gets a configuration, lists and a state of its own there; the packages are only unpacked. FOLDER/llama-server starts it.
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd)
mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial" "$folder/debs" "$folder/root"
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
echo "deb [arch=amd64 signed-by=$keyring] $mirror sid main" > "$folder/apt/sources.list"
: > "$folder/apt/status"

own_apt() {
  command=$1
  shift
  "$command" -qq \
    -o Dir::State="$folder/apt" -o Dir::State::status="$folder/apt/status" -o Dir::Cache="$folder/apt" \
    -o Dir::Etc::sourcelist="$folder/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null -o APT::Architecture=amd64 -o APT::Sandbox::User=root "$@"
}

own_apt apt-get update
cd "$folder/debs"
own_apt apt-get download llama.cpp-tools libllama0 libggml0 libc6 libgcc-s1 libstdc++6 libssl3t64 libgomp1 zlib1g libzstd1
for package in ./*.deb; do dpkg -x "$package" "$folder/root"; done

# It runs with sid's own loader and libraries, and finds the code for this processor in the folder that it starts in.
cat > "$folder/llama-server" <<END
#!/bin/sh
usr=$folder/root/usr
libraries=\$usr/lib/x86_64-linux-gnu
cd \$libraries/ggml/backends0
exec \$usr/lib64/ld-linux-x86-64.so.2 --library-path \$libraries:\$libraries/llama \$usr/bin/llama-server "\$@"
END
chmod +x "$folder/llama-server"
"$folder/llama-server" --version
