using System.Text.Json;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Efficiency;

/// <summary>
/// Carries the accounts over a restart of the agent: gives each device its past back when it is found, and writes the file every five minutes
/// and at the end. Runs on timers' threads, never on that of the assessment. Each timer is set anew when its turn is over: a disk that hangs
/// holds one thread, and devices have their past back all the same.
/// </summary>
internal sealed class AccountsKeeper(NodeView view, AccountsFile file, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SavePeriod = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Lock _saving = new();
    private readonly Dictionary<DeviceId, StoredHistory> _unclaimed = [];
    private ITimer? _timer;
    private ITimer? _saver;

    private NodeAccounts Accounts => view.Accounts;

    /// <summary>Reads the file; jobs have their past back at once, devices once they are found.</summary>
    public void Start()
    {
        if (file.Load() is { } stored) Recall(stored, Accounts.Clock.Now);
        _timer = time.CreateTimer(_ => Turn(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _saver = time.CreateTimer(_ => SaveNow(), null, SavePeriod, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Writes the file for the last time.</summary>
    public void Dispose()
    {
        if (_timer is null) return;
        _timer.Dispose();
        _saver?.Dispose();
        Save();
    }

    private void Turn()
    {
        lock (_gate)
        {
            Claim();
            Accounts.Jobs.Prune(Accounts.Clock.Now);
        }

        _timer?.Change(Period, Timeout.InfiniteTimeSpan);
    }

    private void SaveNow()
    {
        Save();
        _saver?.Change(SavePeriod, Timeout.InfiniteTimeSpan);
    }

    private void Recall(StoredAccounts stored, double now)
    {
        foreach (var (id, history) in stored.Devices)
        {
            if (!history.IsOver(now)) _unclaimed[new DeviceId(id)] = history;
        }

        foreach (var job in stored.Jobs.Where(job => !job.History.IsOver(now)).OrderBy(job => job.LastSeen))
        {
            var account = Accounts.Jobs.Open(job.Workload, now);
            (account.FirstSeen, account.LastSeen) = (Math.Min(account.FirstSeen, job.FirstSeen), Math.Min(job.LastSeen, now));
            account.History.Restore(job.History, now);
        }
    }

    private void Claim()
    {
        if (_unclaimed.Count == 0) return;
        foreach (var device in view.Devices)
        {
            if (_unclaimed.Remove(device.Device.Id, out var history)) device.Account.History.Restore(history, Accounts.Clock.Now);
        }
    }

    private void Save()
    {
        lock (_saving)
        {
            var unclaimed = Unclaimed();
            file.Save(json => Write(json, unclaimed));
        }
    }

    private KeyValuePair<DeviceId, StoredHistory>[] Unclaimed()
    {
        lock (_gate)
        {
            Claim();
            var now = Accounts.Clock.Now;
            foreach (var (id, history) in _unclaimed.ToList())
            {
                if (history.IsOver(now)) _unclaimed.Remove(id);
            }

            return [.. _unclaimed];
        }
    }

    // As StoredAccounts, piece by piece. A device that is found meanwhile stands here twice; what it has itself comes later and is read.
    private void Write(Utf8JsonWriter json, KeyValuePair<DeviceId, StoredHistory>[] unclaimed)
    {
        var ahead = Accounts.Clock.WallAhead;
        json.WriteStartObject();
        json.WriteNumber("version", StoredAccounts.Current);
        json.WriteStartObject("devices");
        foreach (var (id, history) in unclaimed)
        {
            json.WritePropertyName(id.Value);
            JsonSerializer.Serialize(json, history, StoredAccountsJson.Default.StoredHistory);
        }

        foreach (var device in view.Devices)
        {
            json.WritePropertyName(device.Device.Id.Value);
            device.Account.History.WriteTo(json, ahead);
            json.Flush();
        }

        json.WriteEndObject();
        json.WriteStartArray("jobs");
        foreach (var job in Accounts.Jobs.All)
        {
            json.WriteStartObject();
            json.WritePropertyName("workload");
            JsonSerializer.Serialize(json, job.Workload, StoredAccountsJson.Default.Workload);
            json.WriteNumber("first_seen", Math.Round(job.FirstSeen + ahead, 3));
            json.WriteNumber("last_seen", Math.Round(job.LastSeen + ahead, 3));
            json.WritePropertyName("history");
            job.History.WriteTo(json, ahead);
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
