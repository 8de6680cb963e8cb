using Microsoft.ML.OnnxRuntime;

namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>
/// Keeps the bindings of steps, one for each length of the cache, so that a step that was made before costs no binding. A binding
/// takes a few hundred bytes a tensor; only the last few numbers of rows are remembered.
/// </summary>
/// <param name="capacity">Lengths: the most tokens that the cache holds.</param>
internal sealed class StepBindings(int capacity) : IDisposable
{
    // prompt or greedy rows, their beams, and one more for a last batch that is smaller
    private const int MostShapes = 3;

    // most recently used first
    private readonly List<Shape> _shapes = new(MostShapes);

    /// <summary>Bindings that are kept.</summary>
    public int Count => _shapes.Sum(shape => shape.Bindings.Count(binding => binding is not null));

    /// <summary>The binding of such a step, or null.</summary>
    public OrtIoBinding? Find(DecoderCall call) => Use(call)?.Bindings[call.Past];

    /// <summary>Keeps a binding; it is disposed of here.</summary>
    public void Add(DecoderCall call, OrtIoBinding binding)
    {
        Shape? shape = Use(call);
        if (shape is null)
        {
            if (_shapes.Count == MostShapes)
            {
                _shapes[^1].Dispose();
                _shapes.RemoveAt(MostShapes - 1);
            }

            shape = new Shape(call.Rows, call.CrossRows, new OrtIoBinding?[capacity]);
            _shapes.Insert(0, shape);
        }

        shape.Bindings[call.Past] = binding;
    }

    /// <summary>Drops all bindings: memory has moved.</summary>
    public void Clear()
    {
        foreach (Shape shape in _shapes)
        {
            shape.Dispose();
        }

        _shapes.Clear();
    }

    /// <summary>Drops all bindings.</summary>
    public void Dispose() => Clear();

    private Shape? Use(DecoderCall call)
    {
        for (int index = 0; index < _shapes.Count; index++)
        {
            Shape shape = _shapes[index];
            if (shape.Rows == call.Rows && shape.CrossRows == call.CrossRows)
            {
                if (index > 0)
                {
                    _shapes.RemoveAt(index);
                    _shapes.Insert(0, shape);
                }

                return shape;
            }
        }

        return null;
    }

    private sealed record Shape(int Rows, int CrossRows, OrtIoBinding?[] Bindings) : IDisposable
    {
        public void Dispose()
        {
            foreach (OrtIoBinding? binding in Bindings)
            {
                binding?.Dispose();
            }
        }
    }
}
