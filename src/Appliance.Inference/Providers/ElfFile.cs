using System.Buffers.Binary;
using System.Text;

namespace Appliance.Inference.Providers;

/// <summary>Reads which libraries a shared object asks the loader for, without loading it (ELF, 64 bits, little endian).</summary>
internal static class ElfFile
{
    private const int HeaderBytes = 64;
    private const int SegmentBytes = 56;
    private const int DynamicEntryBytes = 16;
    private const uint LoadSegment = 1;
    private const uint DynamicSegment = 2;
    private const long NeededTag = 1;
    private const long StringTableTag = 5;

    // no dynamic section or name is anywhere near as long; keeps a damaged file from costing memory
    private const int MaximumBytes = 1 << 20;

    /// <summary>The DT_NEEDED names in their order; none for a file that is not a shared object of this form.</summary>
    public static IReadOnlyList<string> NeededLibraries(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<string> Read(FileStream file)
    {
        byte[] header = ReadAt(file, 0, HeaderBytes);
        if (!header.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            return [];
        }

        long table = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(32));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56));
        Segment[] segments = [.. Enumerable.Range(0, count).Select(index => ReadSegment(file, table + ((long)index * SegmentBytes)))];
        if (segments.FirstOrDefault(segment => segment.Type == DynamicSegment) is not { FileBytes: > 0 } dynamic)
        {
            return [];
        }

        List<(long Tag, long Value)> entries = [.. ReadAt(file, dynamic.FileOffset, dynamic.FileBytes).Chunk(DynamicEntryBytes)
            .Where(chunk => chunk.Length == DynamicEntryBytes)
            .Select(chunk => (BinaryPrimitives.ReadInt64LittleEndian(chunk), BinaryPrimitives.ReadInt64LittleEndian(chunk.AsSpan(8))))];
        long strings = entries.FirstOrDefault(entry => entry.Tag == StringTableTag).Value;
        Segment? holder = segments.FirstOrDefault(segment => segment.Type == LoadSegment && strings >= segment.Address && strings < segment.Address + segment.FileBytes);
        return holder is null
            ? []
            : [.. entries.Where(entry => entry.Tag == NeededTag).Select(entry => ReadName(file, holder.FileOffset + strings - holder.Address + entry.Value))];
    }

    private static Segment ReadSegment(FileStream file, long offset)
    {
        byte[] bytes = ReadAt(file, offset, SegmentBytes);
        return new(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(32)));
    }

    private static string ReadName(FileStream file, long offset)
    {
        file.Position = Math.Clamp(offset, 0, file.Length);
        StringBuilder name = new();
        for (int next; (next = file.ReadByte()) > 0 && name.Length < 256;)
        {
            name.Append((char)next);
        }

        return name.ToString();
    }

    private static byte[] ReadAt(FileStream file, long offset, long count)
    {
        if (offset < 0 || count is < 0 or > MaximumBytes || offset > file.Length - count)
        {
            throw new EndOfStreamException($"{file.Name} ends early");
        }

        byte[] bytes = new byte[count];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private sealed record Segment(uint Type, long FileOffset, long Address, long FileBytes);
}
