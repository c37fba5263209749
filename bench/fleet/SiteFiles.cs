using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Forewarn.Bench.Fleet;

/// <summary>
/// A site of that size in a folder: certificate, key of the site, the wiring, and Slurm's commands with answers prepared beforehand, in the shape of 22.05.8. A node can be drained
/// and held, and nothing more can be done there.
/// </summary>
internal static class SiteFiles
{
    /// <summary>Cards of a node.</summary>
    public const int Cards = 8;

    // Of a leaf, and of leaves beneath a spine.
    private const int OfLeaf = 16;
    private const int OfSpine = 8;

    /// <param name="folder">Where.</param>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="atWork">The first so many of them have jobs; nobody uses the others.</param>
    /// <param name="nodesOfJob">How many nodes a job has.</param>
    public static void Write(string folder, int nodes, int atWork, int nodesOfJob)
    {
        WriteCertificate(folder);
        WriteSecret(Path.Join(folder, "site.key"), Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        var programs = Directory.CreateDirectory(Path.Join(folder, "slurm")).FullName;
        // A node a line, so that a script finds it.
        var lines = string.Join(",\n", Enumerable.Range(0, nodes).Select(number => JsonSerializer.Serialize(Node(number, number < atWork))));
        File.WriteAllText(Path.Join(programs, "nodes.json"), $"{{\"errors\":[],\"nodes\":[\n{lines}\n]}}\n");
        File.WriteAllBytes(Path.Join(programs, "jobs.json"), JsonSerializer.SerializeToUtf8Bytes(
            new { errors = Array.Empty<string>(), jobs = Enumerable.Range(0, atWork / nodesOfJob).Select(number => Job(number, nodesOfJob)) }));
        SlurmScripts.Write(programs);
        File.WriteAllLines(Path.Join(folder, "topology"), Enumerable.Range(0, nodes).Select(node => $"{NameOf(node)} leaf=leaf{node / OfLeaf} spine=spine{node / OfLeaf / OfSpine} core=core"));
    }

    /// <summary>The node's name.</summary>
    public static string NameOf(int node) => $"n{node}";

    private static object Node(int number, bool isAtWork) => new
    {
        name = NameOf(number), // first, where the scripts look for it
        architecture = "x86_64",
        boot_time = 1795297454,
        comment = "",
        cores = 64,
        cpu_load = 1200,
        cpus = 128,
        free_memory = 900_000,
        features = "h100",
        active_features = "h100",
        gres = $"gpu:{Cards}",
        gres_drained = "N/A",
        gres_used = $"gpu:{(isAtWork ? Cards : 0)}",
        address = NameOf(number),
        hostname = NameOf(number),
        state = isAtWork ? "allocated" : "idle",
        state_flags = Array.Empty<string>(),
        operating_system = "Linux",
        partitions = new[] { "train" },
        port = 6818,
        real_memory = 1_000_000,
        reason = "",
        reason_changed_at = 0,
        slurmd_start_time = 1795334455,
        sockets = 2,
        threads = 1,
        weight = 1,
        tres = "cpu=128,mem=1000000M,billing=128",
        slurmd_version = "22.05.8",
        alloc_memory = isAtWork ? 500_000 : 0,
        alloc_cpus = isAtWork ? 128 : 0,
        idle_cpus = isAtWork ? 0 : 128,
        tres_used = isAtWork ? "cpu=128" : "",
    };

    private static object Job(int number, int nodes)
    {
        var first = number * nodes;
        var names = $"n[{first}-{first + nodes - 1}]";
        return new
        {
            account = "ml",
            admin_comment = "",
            array_job_id = 0,
            array_task_id = (int?)null,
            array_task_string = "",
            batch_flag = true,
            batch_host = NameOf(first),
            command = "/home/ada/job.sh",
            comment = "forewarn: dir=/lustre/run signal=USR1 to=batch on-request=continue interval=30m cost=40s",
            cpus = nodes * 128,
            dependency = "",
            end_time = 1_926_870_535,
            excluded_nodes = "",
            features = "",
            gres_detail = Enumerable.Repeat($"gpu:{Cards}(IDX:0-{Cards - 1})", nodes),
            job_id = 1000 + number,
            job_resources = new
            {
                nodes = names,
                allocated_hosts = nodes,
                allocated_nodes = Enumerable.Range(first, nodes).Select(node => new { nodename = NameOf(node), cpus_used = 0, memory_used = 0, memory_allocated = 0 }),
            },
            job_state = "RUNNING",
            name = "train",
            nodes = names,
            node_count = nodes,
            het_job_id = 0,
            partition = "train",
            requeue = true,
            restart_cnt = 0,
            resv_name = "",
            required_nodes = "",
            start_time = 1_795_334_535,
            submit_time = 1_795_334_535,
            state_reason = "None",
            time_limit = (int?)null,
            tasks = nodes,
            cpus_per_task = (int?)null,
            memory_per_node = (int?)null,
            memory_per_cpu = (int?)null,
            minimum_cpus_per_node = 1,
            priority = 4_294_901_759,
            tres_per_node = $"gres:gpu:{Cards}",
            tres_req_str = $"cpu={nodes * 128},node={nodes}",
            tres_alloc_str = $"cpu={nodes * 128},node={nodes}",
            user_id = 1000,
            user_name = "ada",
            current_working_directory = "/home/ada",
            flags = new[] { "JOB_WAS_RUNNING" },
        };
    }

    private static void WriteCertificate(string folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Join(folder, "controller.pem"), certificate.ExportCertificatePem());
        WriteSecret(Path.Join(folder, "controller.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private static void WriteSecret(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
