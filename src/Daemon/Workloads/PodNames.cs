namespace Forewarn.Daemon.Workloads;

/// <summary>
/// Names of the pods on this node by their uid. kubelet keeps a directory for each pod's logs, <c>/var/log/pods/NAMESPACE_NAME_UID</c>, which
/// needs neither its API nor its certificates to be read. Names of namespaces and pods have no underscore (RFC 1123).
/// </summary>
internal sealed class PodNames(string root)
{
    private readonly string _directory = Path.Join(root, "var/log/pods");
    private readonly Dictionary<string, (string Namespace, string Name)> _byUid = [];

    /// <summary>Empty texts where the node does not tell them. An unknown uid makes the directory be read again.</summary>
    public (string Namespace, string Name) Of(string uid)
    {
        if (_byUid.TryGetValue(uid, out var known)) return known;
        Read();
        return _byUid.GetValueOrDefault(uid, ("", ""));
    }

    private void Read()
    {
        _byUid.Clear();
        try
        {
            foreach (var path in Directory.EnumerateDirectories(_directory))
            {
                if (Path.GetFileName(path).Split('_') is [{ Length: > 0 } space, { Length: > 0 } name, { Length: > 0 } uid]) _byUid[uid] = (space, name);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // No kubelet here, or one that keeps its logs to itself: uids alone will do.
        }
    }
}
