using Appliance.Service.Storage;
using Appliance.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Appliance.Service.Tests.Storage;

public sealed class StateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_ThatThrows_UndoesItselfAlone()
    {
        using StateDatabase database = Open();
        Task bad = database.Write(connection =>
        {
            connection.Run("INSERT INTO meta (name, value) VALUES ('bad', 1)");
            throw new InvalidOperationException("no");
        });
        Task good = database.Write(connection => { connection.Run("INSERT INTO meta (name, value) VALUES ('good', 1)"); });
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await good;
        MetaTable meta = new(database);
        Assert.Equal((0, 1), (meta.Count("bad"), meta.Count("good")));
    }

    [Fact]
    public void Database_Damaged_IsSetAsideAndBegunAnew()
    {
        File.WriteAllText(_folder["appliance.db"], "this is not a database, not at all, and it is longer than a header");
        using StateDatabase database = Open();
        Assert.Equal("damaged", database.Problem);
        Assert.Single(Directory.GetFiles(_folder.Path, "appliance.db.damaged-*"));
    }

    [Fact]
    public void Database_OfANewerProgram_IsSetAside()
    {
        Open().Dispose();
        using (SqliteConnection connection = new($"Data Source={_folder["appliance.db"]};Pooling=false"))
        {
            connection.Open();
            connection.Run("PRAGMA user_version = 99");
        }

        using StateDatabase database = Open();
        Assert.Equal("newer", database.Problem);
    }

    [Fact]
    public async Task Outbox_Full_DropsTheOldestEventsAndNeverAResult()
    {
        using StateDatabase database = Open();
        OutboxTable outbox = new(database, _time, NullLogger.Instance);
        byte[] large = new byte[4 << 20];
        await outbox.Add([new(OutboxClass.Result, "first", large)]);
        for (int i = 0; i < 20; i++)
        {
            await outbox.Add([new(OutboxClass.Event, $"e{i}", large)]);
        }

        Assert.Equal(5, outbox.Dropped);
        Assert.Equal("first", outbox.Oldest(1)[0].Topic);
        Assert.Equal("e5", outbox.Oldest(2)[1].Topic);
        Assert.True(outbox.IsFull);
    }

    [Fact]
    public async Task Outbox_AfterAWeek_LosesEventsAndKeepsResults()
    {
        using StateDatabase database = Open();
        OutboxTable outbox = new(database, _time, NullLogger.Instance);
        await outbox.Add([new(OutboxClass.Result, "r", [1]), new(OutboxClass.Transcript, "t", [1]), new(OutboxClass.Event, "e", [1])]);
        _time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(1));
        await outbox.Age();
        Assert.Equal("r", Assert.Single(outbox.Oldest(9)).Topic);
    }

    [Fact]
    public async Task History_IsSearchedByWordsAndWipedFromTheFiles()
    {
        using (StateDatabase database = Open())
        {
            HistoryTable history = new(database, _time, NullLogger.Instance);
            await database.Write(connection =>
            {
                history.AddTranscript(connection, "microphone", null, "Turn the Küche light on", "en", 2, "{}");
                history.AddTranscript(connection, "job", "j", "something xylophone else", "en", 2, "{}");
                history.AddImage(connection, "i", "a xylophone picture", "00", "{}");
            });
            Assert.Equal("Turn the Küche light on", Assert.Single(history.Search("kuche LIGHT", 9)).Text);
            Assert.Empty(history.Search("light xylophone", 9));
            Assert.Empty(history.Search("\" OR 1", 9));
            Assert.Equal(3, history.List(null, 9, null).Count);
            await history.WipeAsync();
            Assert.Empty(history.List(null, 9, null));
        }

        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => File.ReadAllText(file).Contains("xylophone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_OlderThanRetention_Goes()
    {
        using StateDatabase database = Open();
        HistoryTable history = new(database, _time, NullLogger.Instance);
        await database.Write(connection => history.AddTranscript(connection, "microphone", null, "old", "en", 1, "{}"));
        _time.Advance(TimeSpan.FromDays(3));
        await database.Write(connection => history.AddTranscript(connection, "microphone", null, "new", "en", 1, "{}"));
        await history.RetainAsync(2, 1 << 30);
        Assert.Equal("new", Assert.Single(history.List(null, 9, null)).Text);
        await history.RetainAsync(0, 1 << 30);
        _time.Advance(TimeSpan.FromSeconds(1));
        await history.RetainAsync(0, 1 << 30);
        Assert.Empty(history.List(null, 9, null));
    }

    [Fact]
    public async Task History_LargerThanItMayBe_LosesTheOldest()
    {
        using StateDatabase database = Open();
        HistoryTable history = new(database, _time, NullLogger.Instance);
        string text = new('x', 20_000);
        for (int i = 0; i < 100; i++)
        {
            string numbered = $"{i} {text}";
            await database.Write(connection => history.AddTranscript(connection, "microphone", null, numbered, "en", 1, "{}"));
        }

        await history.RetainAsync(30, 1 << 20);
        IReadOnlyList<HistoryEntry> left = history.List(null, 1000, null);
        Assert.InRange(left.Count, 1, 60);
        Assert.StartsWith("99 ", left[0].Text, StringComparison.Ordinal);
        Assert.True(new FileInfo(_folder["appliance.db"]).Length <= 1 << 20);
    }

    private StateDatabase Open() => StateDatabase.Open(_folder.Path, _time, NullLogger.Instance);
}
