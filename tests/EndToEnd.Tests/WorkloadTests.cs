using Forewarn.EndToEnd.Tests.Kit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Whose processes hold a card, from the driver's list to the labels of /metrics.</summary>
public sealed class WorkloadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_job_of_Slurm_is_told_with_its_step_and_user_and_goes_when_it_ends()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Processes=1s");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 2 load 0.9");
        await agent.InjectAsync("gpu 2 job slurm 4711 step batch user 1003");
        await agent.UntilDeviceAsync(2, Patience, "the job is seen", device => device.Workloads is [{ Manager: "Slurm", Id: "4711", Step: "batch", User: 1003 }]);

        var scrape = await agent.ScrapeAsync();
        Assert.Equal(1, scrape.One("forewarn_device_workload_info", ("index", "2"), ("manager", "slurm"), ("job", "4711"), ("step", "batch"), ("user", "1003")));
        Assert.InRange(scrape.One("forewarn_device_workload_memory_bytes", ("index", "2"), ("workload", "0")), 1, 85e9);
        Assert.Equal(1, scrape.One("forewarn_device_processes", ("index", "2")));

        await agent.InjectAsync("gpu 2 load idle");
        await agent.UntilDeviceAsync(2, Patience, "nobody is left", device => device is { Workloads: [], Processes: 0 });
    }

    [Fact]
    public async Task A_pod_is_told_with_its_name_and_namespace()
    {
        const string Uid = "0d3c5f1a-7a52-4b0e-9a53-5b2d9b7c1e44";
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Processes=1s");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 3 load 0.9");
        await agent.InjectAsync($"gpu 3 job pod team train-0 uid {Uid}");
        await agent.UntilDeviceAsync(3, Patience, "the pod is seen",
            device => device.Workloads is [{ Manager: "Kubernetes", Id: Uid, Namespace: "team", Pod: "train-0" }]);
        Assert.Equal(1, (await agent.ScrapeAsync()).One("forewarn_device_workload_info", ("index", "3"), ("namespace", "team"), ("pod", "train-0"), ("pod_uid", Uid)));
    }

    [Fact]
    public async Task The_job_of_a_card_that_is_lost_stays_known_while_it_lives()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Processes=1s", "Sampling.Slow=2s");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 4 load 0.9");
        await agent.InjectAsync("gpu 4 job slurm 4712");
        await agent.UntilDeviceAsync(4, Patience, "the job is seen", device => device.Workloads is [{ Id: "4712" }]);
        await agent.InjectAsync("gpu 4 lost");
        await agent.UntilDeviceAsync(4, Patience, "it is lost with its job", device => device is { Presence: "Lost", Workloads: [{ Id: "4712" }] });
    }
}
