using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Reporting;

/// <summary>
/// What the controller knows of this node's cards from elsewhere: asked for once in a run of each card, kept on the disk and shown with it. Of one that was put in the past comes
/// along, and where the disk was lost it comes back.
/// </summary>
/// <param name="path">Where it is kept.</param>
/// <param name="view">The node; what is known is put into it.</param>
/// <param name="logger">Takes what is wrong with the file.</param>
internal sealed partial class CardPasts(string path, NodeView view, ILogger logger)
{
    // As many as a controller returns of one card.
    private const int MostOfACard = 200;

    // Own figure: four times the cards of the largest node. Those that are not in the node any more go first.
    private const int MostCards = 64;

    private readonly HashSet<string> _answered = [];
    private ImmutableDictionary<string, ImmutableArray<PastEvent>> _saved = view.Pasts;
    private bool _isRefused;

    /// <summary>Serials of the cards of which the controller has not said in this run what it knows.</summary>
    public ImmutableArray<string> Asked => [.. Serials.Where(serial => !_answered.Contains(serial))];

    private IEnumerable<string> Serials => view.Devices.Where(static device => device.IsWhole).Select(static device => device.Device.Serial).Where(static serial => serial.Length > 0).Distinct();

    /// <summary>What an earlier run was told. Whatever is wrong with the file costs nothing: all is asked for again.</summary>
    public void Load()
    {
        try
        {
            if (!File.Exists(path)) return;
            var kept = JsonSerializer.Deserialize(File.ReadAllBytes(path), PastJson.Default.DictionaryStringPastEventArray) ?? [];
            view.Pasts = _saved = kept.Where(static one => one.Value is not null).ToImmutableDictionary(static one => one.Key, static one => one.Value.OfType<PastEvent>().ToImmutableArray());
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.NotRead(logger, exception.Message, path);
        }
    }

    /// <summary>Takes what the controller returned; what was known before stays, for a controller can lose its disk as well.</summary>
    public void Take(ImmutableArray<CardHistory> histories)
    {
        var pasts = view.Pasts;
        foreach (var history in histories.Where(static history => !string.IsNullOrEmpty(history.Serial)))
        {
            _answered.Add(history.Serial);
            var told = (history.Transitions.IsDefault ? [] : history.Transitions).Where(static one => one is not null && Enum.IsDefined(one.Kind)).Select(Of);
            ImmutableArray<PastEvent> known = pasts.GetValueOrDefault(history.Serial, []), all = [.. known.Union(told).OrderBy(static one => one.At).TakeLast(MostOfACard)];
            if (!all.AsSpan().SequenceEqual(known.AsSpan())) pasts = pasts.SetItem(history.Serial, all);
        }

        if (pasts == view.Pasts) return;
        var here = Serials.ToHashSet();
        view.Pasts = pasts.RemoveRange(pasts.Keys.OrderBy(serial => !here.Contains(serial)).ThenBy(static serial => serial, StringComparer.Ordinal).Skip(MostCards));
    }

    /// <summary>Writes down what is known, where that has changed.</summary>
    public void Save()
    {
        var pasts = view.Pasts;
        if (pasts == _saved) return;
        try
        {
            var draft = path + ".new";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(pasts.ToDictionary(static one => one.Key, static one => one.Value.ToArray()), PastJson.Default.DictionaryStringPastEventArray));
            File.Move(draft, path, overwrite: true);
            (_saved, _isRefused) = (pasts, false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_isRefused) Log.NotWritten(logger, exception.Message, path); // once: the next run asks again
            _isRefused = true;
        }
    }

    private static PastEvent Of(ReportedTransition one) => new(one.Node ?? "", one.At, one.Kind, one.Text ?? "", one.Rule ?? "", one.Code);

    private static partial class Log
    {
        [LoggerMessage(EventId = 347, Level = LogLevel.Warning, Message = "what the controller knows of the cards from elsewhere cannot be read, it is asked for again: {Reason} [file `{File}`]")]
        public static partial void NotRead(ILogger logger, string reason, string file);

        [LoggerMessage(EventId = 348, Level = LogLevel.Warning, Message = "what the controller knows of the cards from elsewhere cannot be written down, a restart will ask for it again: {Reason} [file `{File}`]")]
        public static partial void NotWritten(ILogger logger, string reason, string file);
    }
}

[JsonSerializable(typeof(Dictionary<string, PastEvent[]>))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class PastJson : JsonSerializerContext;
