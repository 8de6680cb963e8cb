using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Native;

namespace Appliance.Service.Jobs;

/// <summary>Makes envelopes (control-plane.md §2.2).</summary>
/// <param name="node">Name of this node.</param>
/// <param name="time">The clock.</param>
internal sealed class EnvelopeFactory(string node, TimeProvider time)
{
    // texts stay readable; the JSON is never put into a web page as it is
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly DateTimeOffset BuildTime = BuiltAt();

    /// <summary>Name of this node.</summary>
    public string Node => node;

    /// <summary>The time in UTC, or null while nothing keeps the clock right, or it stands before the day this program was built.</summary>
    public string? Timestamp
    {
        get
        {
            DateTimeOffset now = time.GetUtcNow();
            return SystemClock.IsSynchronized && now >= BuildTime ? now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>Makes one.</summary>
    public Envelope Create(string id, string type, long sequence, JsonObject? data, JobError? error, JsonObject? timing)
    {
        JsonObject document = new()
        {
            ["id"] = id,
            ["type"] = type,
            ["seq"] = sequence,
            ["ts"] = Timestamp,
            ["mono_ms"] = (long)(time.GetTimestamp() * 1000.0 / time.TimestampFrequency),
            ["node"] = node,
        };
        if (error is not null)
        {
            document["error"] = error.ToJson();
        }
        else
        {
            document["data"] = data?.DeepClone() ?? new JsonObject();
        }

        document["timing"] = timing?.DeepClone() ?? new JsonObject();
        return new Envelope(id, type, sequence, JsonSerializer.SerializeToUtf8Bytes(document, Options));
    }

    /// <summary>Writes JSON as all messages do.</summary>
    public static byte[] Bytes(JsonNode document) => JsonSerializer.SerializeToUtf8Bytes(document, Options);

    private static DateTimeOffset BuiltAt()
    {
        string file = Path.Combine(AppContext.BaseDirectory, Assembly.GetExecutingAssembly().GetName().Name + ".dll");

        // a clock that is wrong by less than a day does no harm; packages are unpacked with the time of their build
        return File.Exists(file) ? new DateTimeOffset(File.GetLastWriteTimeUtc(file)).AddDays(-1) : DateTimeOffset.UnixEpoch;
    }
}
