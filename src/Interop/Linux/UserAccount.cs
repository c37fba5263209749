using System.Globalization;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>A user as the name service knows it; asking it can take as long as a directory server does. One thread at a time.</summary>
public sealed record UserAccount(string Name, uint User, uint Group)
{
    // struct passwd on 64-bit machines: pw_name at 0, pw_uid at 16, pw_gid at 20 (pwd.h).
    private const int UserOffset = 16;
    private const int GroupOffset = 20;

    /// <summary>By name, or by number where the text is one; null when there is none.</summary>
    public static UserAccount? Find(string nameOrNumber)
    {
        var entry = uint.TryParse(nameOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Libc.UserByNumber(number)
            : Libc.UserByName(nameOrNumber);
        return entry == 0 ? null : new(
            Marshal.PtrToStringUTF8(Marshal.ReadIntPtr(entry))!, (uint)Marshal.ReadInt32(entry, UserOffset), (uint)Marshal.ReadInt32(entry, GroupOffset));
    }

    /// <summary>Turns the whole process into this user, for good: real, effective and saved ids and the groups. None, or what the kernel refused.</summary>
    public Errno Become() =>
        Libc.SetGroupsOf(Name, Group) != 0 ? Libc.LastError
        : Libc.SetGroup(Group, Group, Group) != 0 ? Libc.LastError
        : Libc.SetUser(User, User, User) != 0 ? Libc.LastError
        : Errno.None;
}
