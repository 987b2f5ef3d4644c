// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/NetworkDrive.h"

#include <QFile>

#include <algorithm>
#include <array>

#include <sys/vfs.h>

namespace lectern::store {

namespace {

// The numbers of statfs(2). FUSE is here because sshfs, rclone, GlusterFS and Google Drive are behind it.
constexpr std::array<quint32, 15> kNetworkFileSystems = {
    0x00006969, // NFS
    0x0000517b, // SMB
    0xff534d42, // CIFS
    0xfe534d42, // SMB 2 and 3
    0x65735546, // FUSE
    0x0000564c, // NCP
    0x5346414f, // AFS (OpenAFS)
    0x6b414653, // AFS
    0x73757245, // Coda
    0x01021997, // 9P
    0x00c36400, // Ceph
    0x0bd00bd0, // Lustre
    0x47504653, // GPFS
    0x7461636f, // OCFS2
    0x01161970, // GFS2
};

} // namespace

bool isOnNetworkDrive(const QString &folder)
{
    struct statfs info = {};
    if (::statfs(QFile::encodeName(folder).constData(), &info) != 0)
        return false;
    const auto type = static_cast<quint32>(info.f_type);
    return std::find(kNetworkFileSystems.begin(), kNetworkFileSystems.end(), type) !=
           kNetworkFileSystems.end();
}

} // namespace lectern::store
