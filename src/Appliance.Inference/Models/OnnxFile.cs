using System.Collections.Frozen;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Inference.Models;

/// <summary>
/// Looks through an ONNX file without loading it: whether it is whole, and which other files it would make ONNX Runtime
/// open. Field numbers: onnx/onnx.proto of ONNX 1.19.
/// </summary>
internal sealed class OnnxFile
{
    private const int MaximumDepth = 64;
    private const int MaximumTextBytes = 1 << 20;
    private const int GraphField = 7;

    private static readonly FrozenDictionary<(OnnxMessage, int Field), OnnxMessage> Children = new Dictionary<(OnnxMessage, int), OnnxMessage>
    {
        [(OnnxMessage.Model, GraphField)] = OnnxMessage.Graph,
        [(OnnxMessage.Model, 14)] = OnnxMessage.MetadataEntry,
        [(OnnxMessage.Model, 20)] = OnnxMessage.Training,
        [(OnnxMessage.Model, 25)] = OnnxMessage.Function,
        [(OnnxMessage.Training, 1)] = OnnxMessage.Graph,
        [(OnnxMessage.Training, 2)] = OnnxMessage.Graph,
        [(OnnxMessage.Function, 7)] = OnnxMessage.Node,
        [(OnnxMessage.Function, 11)] = OnnxMessage.Attribute,
        [(OnnxMessage.Graph, 1)] = OnnxMessage.Node,
        [(OnnxMessage.Graph, 5)] = OnnxMessage.Tensor,
        [(OnnxMessage.Graph, 15)] = OnnxMessage.SparseTensor,
        [(OnnxMessage.Node, 5)] = OnnxMessage.Attribute,
        [(OnnxMessage.Attribute, 5)] = OnnxMessage.Tensor,
        [(OnnxMessage.Attribute, 6)] = OnnxMessage.Graph,
        [(OnnxMessage.Attribute, 10)] = OnnxMessage.Tensor,
        [(OnnxMessage.Attribute, 11)] = OnnxMessage.Graph,
        [(OnnxMessage.Attribute, 22)] = OnnxMessage.SparseTensor,
        [(OnnxMessage.Attribute, 23)] = OnnxMessage.SparseTensor,
        [(OnnxMessage.SparseTensor, 1)] = OnnxMessage.Tensor,
        [(OnnxMessage.SparseTensor, 2)] = OnnxMessage.Tensor,
        [(OnnxMessage.Tensor, 13)] = OnnxMessage.ExternalEntry,
    }.ToFrozenDictionary();

    private readonly ProtobufReader _reader;
    private readonly Dictionary<string, long> _externalFiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _placement = new(StringComparer.Ordinal);
    private bool _hasGraph;

    private OnnxFile(SafeFileHandle file) => _reader = new(file);

    /// <summary>Reads the structure of a file; weights are skipped.</summary>
    /// <exception cref="ModelException">Damaged when the file is cut off or no ONNX file at all, Incomplete when it is not there.</exception>
    public static OnnxContent Read(string path)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            OnnxFile file = new(handle);
            file.Walk(OnnxMessage.Model, file._reader.Length, depth: 0);
            return file._hasGraph
                ? new([.. file._externalFiles.Select(external => new OnnxExternalFile(external.Key, external.Value))], file._metadata)
                : throw new InvalidDataException("it holds no graph");
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(ModelError.Damaged, path, $"{path} is not a whole ONNX file ({e.Message}): restore it, or remove the model and add it again", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(ModelError.Incomplete, path, $"{path} is missing: restore it, or remove the model and add it again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelError.Damaged, path, $"{path} can't be read ({e.Message}): check its owner and permissions", e);
        }
    }

    private void Walk(OnnxMessage message, long end, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidDataException("its graphs are nested too deeply");
        }

        while (_reader.TryReadKey(end, out int field, out ProtobufType type))
        {
            if (type != ProtobufType.Nested || !Children.TryGetValue((message, field), out OnnxMessage child))
            {
                _reader.Skip(type, end);
                continue;
            }

            _hasGraph |= message == OnnxMessage.Model && field == GraphField;
            long childEnd = _reader.ReadEnd(end);
            if (child is OnnxMessage.ExternalEntry or OnnxMessage.MetadataEntry)
            {
                ReadEntry(child == OnnxMessage.ExternalEntry ? _placement : _metadata, childEnd);
            }
            else
            {
                Walk(child, childEnd, depth + 1);
            }
        }

        if (message == OnnxMessage.Tensor && _placement.Count > 0)
        {
            AddPlacement();
        }
    }

    /// <summary>A StringStringEntryProto: key in field 1, value in field 2.</summary>
    private void ReadEntry(Dictionary<string, string> entries, long end)
    {
        string key = "";
        string value = "";
        while (_reader.TryReadKey(end, out int field, out ProtobufType type))
        {
            switch (field, type)
            {
                case (1, ProtobufType.Nested):
                    key = _reader.ReadText(end, MaximumTextBytes);
                    break;
                case (2, ProtobufType.Nested):
                    value = _reader.ReadText(end, MaximumTextBytes);
                    break;
                default:
                    _reader.Skip(type, end);
                    break;
            }
        }

        entries[key] = value;
    }

    private void AddPlacement()
    {
        string location = _placement.GetValueOrDefault("location", "");
        long end = Number("offset") + Number("length");
        _placement.Clear();
        if (end < 0)
        {
            throw new InvalidDataException($"the place of a tensor in {location} is not a number");
        }

        _externalFiles[location] = Math.Max(end, _externalFiles.GetValueOrDefault(location));
    }

    private long Number(string key) => !_placement.TryGetValue(key, out string? text) ? 0
        : long.TryParse(text, out long value) && value is >= 0 and <= long.MaxValue / 2 ? value : throw new InvalidDataException($"the {key} of a tensor is \"{text}\"");
}
