#!/bin/sh
# Turns into process 1 of a container. It was started by unshare, in namespaces of its own.
# Arguments: root folder, "rw" or "ro", user id, size of /dev/shm or "none", folder of the cgroup or "none", then the command.
set -e
root=$1 access=$2 user=$3 shm=$4 cgroup=$5
shift 5
[ "$cgroup" = none ] || echo 0 > "$cgroup/cgroup.procs"
mount --make-rprivate /
mount --bind "$root" "$root"
# The base image, from which nothing but the C library and a shell are used, is that of this machine.
for name in bin sbin lib lib64 usr $BUILD_FOLDERS; do
    if [ -L "/$name" ]; then
        [ -L "$root/$name" ] || cp -P "/$name" "$root/$name"
    elif [ -d "/$name" ]; then
        mkdir -p "$root/$name"
        mount --rbind "/$name" "$root/$name"
        mount -o remount,bind,ro "$root/$name"
    fi
done
mkdir -p "$root/proc" "$root/sys" "$root/dev" "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount -t tmpfs -o size=64k,mode=755 dev "$root/dev"
for device in null zero random urandom; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
if [ "$shm" != none ]; then
    mkdir "$root/dev/shm"
    mount -t tmpfs -o "size=$shm,mode=1777" shm "$root/dev/shm"
fi
mount -t tmpfs -o size=1m,mode=1777 tmp "$root/tmp"
[ "$access" = rw ] || mount -o remount,bind,ro "$root"
mount -o remount,ro "$root/dev"
exec chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs \
    --inh-caps=-all --bounding-set=-all "$@"
