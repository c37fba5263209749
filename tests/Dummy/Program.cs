using System.Globalization;
using System.Text;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.Model;
using Microsoft.Extensions.Logging.Abstractions;

// Stores events as the agent does, for tests that kill it or watch its system calls:
//   Forewarn.Dummy DIRECTORY [COUNT]
// Posts numbered events, each as if it were the record of a kernel's log behind the last that was stored, for ever or so many. Each
// announcement is one line on stdout, in one write: "told ID NUMBER durable|held"; a reader knows what was told before a kill to the byte.
const string Boot = "b0070000-0000-4000-8000-000000000001";
const int MostAhead = 64;

var most = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : long.MaxValue;
var file = new EventStoreFile(args[0], NullLogger.Instance, TimeProvider.System);
var stream = new EventStream();
using var writer = new EventWriter(file.Open, stream, TimeSpan.FromDays(14), TimeProvider.System, NullLogger.Instance);
var stored = writer.Recall();
using var listener = stream.Listen();
using var room = new SemaphoreSlim(MostAhead);
writer.Start();
new Thread(Post) { IsBackground = true }.Start();
await using var output = Console.OpenStandardOutput();
for (var told = 0L; told < most; told++)
{
    var announcement = await listener.Told.ReadAsync();
    var (id, number) = (announcement.Record.Id, announcement.Record.Event.Code);
    output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"told {id} {number} {(announcement.IsDurable ? "durable" : "held")}\n")));
    room.Release();
}

void Post()
{
    var (id, number) = (stored.LastId, (long)(stored.Cursor?.Sequence ?? 0));
    for (var posted = 0L; posted < most; posted++)
    {
        room.Wait();
        number++;
        var now = TimeProvider.System.GetUtcNow();
        var happened = new HealthEvent
        {
            Kind = HealthEventKind.DriverError,
            Code = number,
            Text = $"record {number}",
            BootId = Boot,
            FirstSeen = now,
            LastSeen = now,
            Source = "dummy",
        };
        writer.Post(new EventBatch { Events = [new EventRecord(++id, happened, IsNew: true)], Cursor = new KernelCursor(Boot, (ulong)number) });
    }
}
