using System.Text;

namespace Slipway.Kubernetes.Ownership.Merging;

/// <summary>
/// Puts a person's changes and the generator's together, line by line. Only prints of the common ancestor's lines are needed: whatever it
/// contributes stands in the person's text as well. Changes of neighbouring lines do not conflict; changes of the same lines, and
/// insertions at the same place, do, unless they are equal. A conflict never leaves marks in the text.
/// </summary>
internal sealed class ThreeWayMerge
{
    private readonly TextLines _mine;
    private readonly TextLines _theirs;
    private readonly IReadOnlyList<Hunk> _myHunks;
    private readonly IReadOnlyList<Hunk> _theirHunks;
    private readonly string _lineEnd;
    private readonly StringBuilder _text = new();
    private readonly List<MergeConflict> _conflicts = [];
    private int _written;
    private int _myNext;
    private int _theirNext;

    private ThreeWayMerge(IReadOnlyList<ulong> basePrints, TextLines mine, TextLines theirs)
    {
        _mine = mine;
        _theirs = theirs;
        _myHunks = LineDiff.Compare(basePrints, mine.Prints);
        _theirHunks = LineDiff.Compare(basePrints, theirs.Prints);
        _lineEnd = mine.EndsWithCarriageReturns ? "\r\n" : "\n";
    }

    /// <summary>Merges.</summary>
    /// <param name="basePrints">The prints of the lines that were generated last.</param>
    /// <param name="mine">The person's text.</param>
    /// <param name="theirs">The newly generated text.</param>
    public static MergeResult Merge(IReadOnlyList<ulong> basePrints, string mine, string theirs) =>
        new ThreeWayMerge(basePrints, new TextLines(mine), new TextLines(theirs)).Run(basePrints.Count);

    private static bool Touch(Hunk one, Hunk other)
    {
        if (one.IsInsertion && other.IsInsertion) return one.OldStart == other.OldStart;
        return one.IsInsertion || other.IsInsertion
            ? one.OldStart <= other.OldEnd && other.OldStart <= one.OldEnd
            : one.OldStart < other.OldEnd && other.OldStart < one.OldEnd;
    }

    private MergeResult Run(int baseCount)
    {
        var (position, myOffset) = (0, 0);
        while (_myNext < _myHunks.Count || _theirNext < _theirHunks.Count)
        {
            Hunk? mine = _myNext < _myHunks.Count ? _myHunks[_myNext] : null;
            Hunk? theirs = _theirNext < _theirHunks.Count ? _theirHunks[_theirNext] : null;
            if (mine is { } one && theirs is { } other && Touch(one, other))
            {
                var start = Math.Min(one.OldStart, other.OldStart);
                WriteMine(position + myOffset, start + myOffset);
                position = MergeTouching(start);
                myOffset = _myHunks[_myNext - 1].NewEnd - _myHunks[_myNext - 1].OldEnd;
            }
            else if (theirs is not { } next || (mine is { } first && first.OldStart < next.OldStart))
            {
                WriteMine(position + myOffset, mine!.Value.NewEnd);
                (position, myOffset) = (mine.Value.OldEnd, mine.Value.NewEnd - mine.Value.OldEnd);
                _myNext++;
            }
            else
            {
                WriteMine(position + myOffset, next.OldStart + myOffset);
                WriteTheirs(next.NewStart, next.NewEnd);
                position = next.OldEnd;
                _theirNext++;
            }
        }

        WriteMine(position + myOffset, baseCount + myOffset);
        return new MergeResult(_text.ToString(), _conflicts);
    }

    private int MergeTouching(int start)
    {
        var (myFirst, theirFirst) = (_myNext, _theirNext);
        var region = Span(_myHunks[_myNext++], _theirHunks[_theirNext++]);
        while (true)
        {
            if (_myNext < _myHunks.Count && Touch(region, _myHunks[_myNext])) region = Span(region, _myHunks[_myNext++]);
            else if (_theirNext < _theirHunks.Count && Touch(region, _theirHunks[_theirNext])) region = Span(region, _theirHunks[_theirNext++]);
            else break;
        }

        var (myStart, myEnd) = RangeOf(_myHunks[myFirst], _myHunks[_myNext - 1], region);
        var (theirStart, theirEnd) = RangeOf(_theirHunks[theirFirst], _theirHunks[_theirNext - 1], region);
        if (!AreEqual(myStart, myEnd, theirStart, theirEnd)) AddConflict(myStart, myEnd, theirStart, theirEnd);
        WriteMine(myStart, myEnd);
        return region.OldEnd;

        static Hunk Span(Hunk one, Hunk other) => new(Math.Min(one.OldStart, other.OldStart), Math.Max(one.OldEnd, other.OldEnd), 0, 0);

        static (int Start, int End) RangeOf(Hunk first, Hunk last, Hunk region) =>
            (first.NewStart - (first.OldStart - region.OldStart), last.NewEnd + (region.OldEnd - last.OldEnd));
    }

    private bool AreEqual(int myStart, int myEnd, int theirStart, int theirEnd) =>
        myEnd - myStart == theirEnd - theirStart
        && Enumerable.Range(0, myEnd - myStart).All(line => _mine.Prints[myStart + line] == _theirs.Prints[theirStart + line]);

    private void AddConflict(int myStart, int myEnd, int theirStart, int theirEnd)
    {
        var same = 0;
        while (myStart + same < myEnd && theirStart + same < theirEnd && _mine.Prints[myStart + same] == _theirs.Prints[theirStart + same]) same++;
        var (myFrom, theirFrom) = (myStart + same, theirStart + same);
        while (myEnd > myFrom && theirEnd > theirFrom && _mine.Prints[myEnd - 1] == _theirs.Prints[theirEnd - 1]) (myEnd, theirEnd) = (myEnd - 1, theirEnd - 1);
        _conflicts.Add(new MergeConflict(_written + same + 1, myEnd - myFrom, theirFrom + 1, theirEnd - theirFrom));
    }

    private void WriteMine(int start, int end)
    {
        for (var line = start; line < end; line++) WriteLine(_mine.Raw(line));
    }

    private void WriteTheirs(int start, int end)
    {
        for (var line = start; line < end; line++) WriteLine(_theirs.Content(line), _theirs.Raw(line).EndsWith("\n") ? _lineEnd : "");
    }

    private void WriteLine(ReadOnlySpan<char> line, string end = "")
    {
        if (_text.Length > 0 && _text[^1] != '\n') _text.Append(_lineEnd);
        _text.Append(line).Append(end);
        _written++;
    }
}
