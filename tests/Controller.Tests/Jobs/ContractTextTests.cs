using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Tests.Jobs;

public class ContractTextTests
{
    private readonly List<string> _complaints = [];

    [Fact]
    public void A_whole_contract_is_read()
    {
        var contract = Read("project x; forewarn: dir=/lustre/run7/ckpt format=dcp signal=USR1 to=batch on-request=pause:90s interval=30m cost=40s load=3m restarts=4; more");
        Assert.Equal(
            new JobContract
            {
                IsDeclared = true,
                AnswersRequests = true,
                Directory = "/lustre/run7/ckpt",
                Format = "dcp",
                Signal = "USR1",
                Target = SignalTarget.Batch,
                OnRequest = OnRequest.Pause,
                Pause = TimeSpan.FromSeconds(90),
                Interval = TimeSpan.FromMinutes(30),
                CheckpointCost = TimeSpan.FromSeconds(40),
                LoadCost = TimeSpan.FromMinutes(3),
                Restarts = 4,
            },
            contract);
        Assert.Empty(_complaints);
    }

    [Theory]
    [InlineData("")]
    [InlineData("trained by ada")]
    [InlineData("forewarn")]
    public void What_declares_nothing_declares_nothing(string comment) => Assert.Same(JobContract.Undeclared, Read(comment));

    [Theory]
    [InlineData("forewarn=off")]
    [InlineData("x forewarn=off; y")]
    [InlineData("forewarn: off")]
    public void Its_owner_can_opt_out(string comment) => Assert.True(Read(comment).IsOff);

    [Theory]
    [InlineData("signal=KILL")]
    [InlineData("signal=9")]
    [InlineData("dir=relative")]
    [InlineData("dir=/a/../etc")]
    [InlineData("interval=-3m")]
    [InlineData("interval=9999h")]
    [InlineData("interval=NaNs")]
    [InlineData("interval=m")]
    [InlineData("cost=1e9s")]
    [InlineData("restarts=1000000")]
    [InlineData("on-request=pause")]
    [InlineData("on-request=Exit")]
    [InlineData("to=1")]
    [InlineData("format=../../x")]
    [InlineData("colour=red")]
    public void A_word_that_is_wrong_is_named_and_left_out_and_the_rest_counts(string word)
    {
        var contract = Read($"forewarn: {word} cost=40s");
        Assert.Equal(new JobContract { IsDeclared = true, CheckpointCost = TimeSpan.FromSeconds(40) }, contract);
        Assert.StartsWith(word, Assert.Single(_complaints), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lustre/run7", true)]
    [InlineData("/lustre", true)]
    [InlineData("/lustre2/run7", false)]
    [InlineData("/etc", false)]
    [InlineData("/gpfs/scratch/a", true)]
    public void Where_a_site_names_folders_checkpoints_lie_beneath_them(string folder, bool isTaken)
    {
        var contract = ContractText.Read($"forewarn: dir={folder}", new() { Folders = ["/lustre", "/gpfs/scratch"] }, _complaints);
        Assert.Equal(isTaken ? folder : "", contract.Directory);
        if (!isTaken) Assert.Equal($"dir={folder}: an absolute path without .. beneath /lustre or /gpfs/scratch", Assert.Single(_complaints));
    }

    private JobContract Read(string comment) => ContractText.Read(comment, new ContractBounds(), _complaints);
}
