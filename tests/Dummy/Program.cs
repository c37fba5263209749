using System.Globalization;
using System.Text;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Daemon.Store;
using Forewarn.Interop.Linux;
using Forewarn.Predict;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Microsoft.Extensions.Logging.Abstractions;

// Takes the kernel's log of a node to the store as the agent does, for tests that kill it or watch its system calls:
//   Forewarn.Dummy ROOT [RECORD]
// ROOT has the node's /proc and its /dev/kmsg, which grows; the store lies in ROOT/state. Runs for ever, or until that record was told, and then stops
// as the agent does. Each announcement is one line on stdout, in one write: "told ID COUNT durable|held"; a reader knows what was told before a kill
// to the byte.
var (root, until) = (args[0], args.Length > 1 ? ulong.Parse(args[1], CultureInfo.InvariantCulture) : ulong.MaxValue);
var time = TimeProvider.System;
var boot = BootId.TryRead(root, out var id) ? id.ToString() : "";
var state = Directory.CreateDirectory(Path.Join(root, "state")).FullName;
var events = new EventQueue(time);
var view = new NodeView(new NodeFacts { Name = "dummy", BootId = boot, Version = "1", Root = root, Started = time.GetUtcNow() }, time);
await using var keeping = new EventKeeping(state, TimeSpan.FromDays(14), boot, events.Add, NullLoggerFactory.Instance, time);
events.Recall(keeping.Recalled);
var judge = new Judge(new NodeHistory(boot, time.GetUtcNow() - TimeSpan.FromDays(1)), RuleList.All);
var assessor = new Assessor(new SampleQueue(), events, view, new NodeJudgement(view, judge, keeping.Recalled, time), keeping.Writer.Post, time);
using var kernel = new KernelSource(new KernelLogOptions { Enabled = true, Path = "" }, view, events, time);
using var output = Console.OpenStandardOutput();
var telling = TellAsync(keeping.Stream.Listen());
keeping.Start();
assessor.Start();
kernel.Start(keeping.Recalled.Cursor);
await telling;
kernel.Stop();
events.Complete();
assessor.Stop();

async Task TellAsync(Listener<Announcement> listener)
{
    while (true)
    {
        using (listener)
        {
            await foreach (var (record, isDurable) in listener.Told.ReadAllAsync())
            {
                output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"told {record.Id} {record.Event.Count} {(isDurable ? "durable" : "held")}\n")));
                if (record.Event.Cursor?.Sequence >= until) return;
            }
        }

        listener = keeping.Stream.Listen(); // cut off: whoever reads our output was too slow. What was told meanwhile is stored.
        if (keeping.Writer.Read(new EventFilter { Newest = true }, 500).Any(record => record.Event.Cursor?.Sequence >= until)) return;
    }
}
