using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Tests.Jobs;

public class ContractTextTests
{
    private readonly List<string> _complaints = [];

    [Fact]
    public void A_whole_contract_is_read()
    {
        var contract = Read("project x; forewarn: dir=/lustre/run7/ckpt format=dcp ranks=64 signal=USR1 to=batch on-request=pause:90s interval=30m cost=40s load=3m restarts=4; more");
        Assert.Equal(
            new JobContract
            {
                IsDeclared = true,
                AnswersRequests = true,
                Directory = "/lustre/run7/ckpt",
                Format = "dcp",
                Ranks = 64,
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
    [InlineData("ranks=0")]
    [InlineData("ranks=-1")]
    [InlineData("ranks=1000001")]
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

    [Fact]
    public void What_the_site_declares_holds_where_the_owner_says_nothing()
    {
        var contract = ReadAtSite("", "dir=/ckpt/%u/%j signal=USR1 to=batch interval=30m cost=40s");
        Assert.Equal(
            new JobContract
            {
                IsDeclared = true,
                AnswersRequests = true,
                Site = "Contract.train",
                Directory = "/ckpt/ada/17",
                Signal = "USR1",
                Target = SignalTarget.Batch,
                Interval = TimeSpan.FromMinutes(30),
                CheckpointCost = TimeSpan.FromSeconds(40),
            },
            contract);
        Assert.Empty(_complaints);
    }

    [Fact]
    public void The_owner_s_own_words_win_word_by_word()
    {
        var contract = ReadAtSite("forewarn: dir=/home/ada/ck cost=5s", "dir=/ckpt/%u on-request=exit interval=30m cost=40s");
        Assert.Equal(("/home/ada/ck", TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30), OnRequest.Exit), (contract.Directory, contract.CheckpointCost, contract.Interval, contract.OnRequest));
    }

    [Theory]
    [InlineData("forewarn: signal=none")]
    [InlineData("forewarn: signal=KILL")] // what was meant is not known
    [InlineData("forewarn: signal=")]
    public void A_site_s_signal_is_not_sent_to_a_job_whose_owner_says_otherwise_or_tried_to(string comment)
    {
        var contract = ReadAtSite(comment, "signal=USR1 cost=40s");
        Assert.Equal(("", false, TimeSpan.FromSeconds(40)), (contract.Signal, contract.AnswersRequests, contract.CheckpointCost));
    }

    [Theory]
    [InlineData("forewarn: signal=USR2", "USR2")] // his goes to the steps, as if the site said nothing
    [InlineData("forewarn: to=bacth", "")]
    [InlineData("forewarn: on-request=exti", "")]
    [InlineData("forewarn: to", "")]
    public void Who_says_anything_of_how_his_job_is_asked_says_all_of_it(string comment, string signal)
    {
        var contract = ReadAtSite(comment, "signal=USR1 to=batch on-request=exit cost=40s");
        Assert.Equal((signal, SignalTarget.Steps, OnRequest.Continue), (contract.Signal, contract.Target, contract.OnRequest));
        Assert.Equal(TimeSpan.FromSeconds(40), contract.CheckpointCost);
    }

    [Theory]
    [InlineData("forewarn: off=yes", "")]
    [InlineData("forewarn: off=1", "signal=USR1")]
    [InlineData("forewarn: off=no", "off")]
    public void A_wrong_form_of_off_is_named_and_counts(string comment, string site)
    {
        Assert.True(ReadAtSite(comment, site).IsOff);
        Assert.NotEmpty(_complaints);
    }

    [Theory]
    [InlineData("forewarn=off")]
    [InlineData("forewarn: off")]
    public void The_owner_can_opt_out_of_what_the_site_declares(string comment) => Assert.True(ReadAtSite(comment, "signal=USR1").IsOff);

    [Fact]
    public void A_folder_that_a_name_leads_astray_is_none_and_is_named()
    {
        var site = new SiteContract { Name = "Contract.train", Words = "dir=/ckpt/%u/x cost=40s" };
        var contract = ContractText.Read("", new ContractBounds { Folders = ["/ckpt"] }, _complaints, site, "..", "17");
        Assert.Equal(("", TimeSpan.FromSeconds(40)), (contract.Directory, contract.CheckpointCost));
        Assert.StartsWith("the site's contract Contract.train: dir=/ckpt/../x: an absolute path without ..", Assert.Single(_complaints), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "", "", true)]
    [InlineData("train big", "", "", "", true)]
    [InlineData("debug", "", "", "", false)]
    [InlineData("train", "ada", "llm", "pre*-?b", true)]
    [InlineData("train", "bob", "", "", false)]
    [InlineData("", "", "vision", "", false)]
    [InlineData("", "", "", "pre*-b", false)]
    [InlineData("", "", "", "*train*7b", true)]
    [InlineData("", "", "", "pretrain", false)]
    [InlineData("", "", "", "x* *b", true)]
    public void A_site_s_contract_covers_a_job_that_fits_all_that_it_names(string partitions, string users, string accounts, string jobs, bool covers)
    {
        var contract = new SiteContract { Name = "x", Words = "", Partitions = Words(partitions), Users = Words(users), Accounts = Words(accounts), Jobs = Words(jobs) };
        Assert.Equal(covers, contract.Covers("train", "ada", "llm", "pretrain-7b"));

        static System.Collections.Immutable.ImmutableArray<string> Words(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private JobContract ReadAtSite(string comment, string words)
        => ContractText.Read(comment, new ContractBounds(), _complaints, new() { Name = "Contract.train", Words = words }, "ada", "17");

    private JobContract Read(string comment) => ContractText.Read(comment, new ContractBounds(), _complaints);
}
