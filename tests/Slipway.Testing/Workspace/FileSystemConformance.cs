using System.Text;
using Slipway.Workspace;
using Xunit;

namespace Slipway.Testing.Workspace;

/// <summary>What every file system must do. A class derived from it gives the file system and an empty folder.</summary>
public abstract class FileSystemConformance
{
    /// <summary>The file system under test.</summary>
    protected abstract IFileSystem Files { get; }

    /// <summary>An empty folder, absolute, without a final slash.</summary>
    protected abstract string Root { get; }

    /// <summary>Makes a symbolic link by means of its own.</summary>
    protected abstract void Link(string path, string target);

    /// <summary>Sets a file's permissions by means of its own.</summary>
    protected abstract void SetMode(string path, UnixFileMode mode);

    /// <summary>Reads a file's permissions by means of its own.</summary>
    protected abstract UnixFileMode GetMode(string path);

    [Fact]
    public void WriteAtomically_NewFile_IsThereWithItsFolders()
    {
        Write("a/b/c.txt", "text");

        Assert.True(Files.FileExists(At("a/b/c.txt")));
        Assert.True(Files.DirectoryExists(At("a/b")));
        Assert.False(Files.FileExists(At("a/b")));
        Assert.False(Files.DirectoryExists(At("a/b/c.txt")));
        Assert.Equal("text", Read("a/b/c.txt"));
        Assert.Equal(4, Files.GetSize(At("a/b/c.txt")));
        Assert.Equal(["a/b/c.txt"], Files.EnumerateFiles(Root));
    }

    [Fact]
    public void WriteAtomically_ExistingFile_KeepsItsPermissions()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Write("run.sh", "old");
        SetMode(At("run.sh"), Mode);

        Write("run.sh", "new");

        Assert.Equal("new", Read("run.sh"));
        Assert.Equal(Mode, GetMode(At("run.sh")));
    }

    [Fact]
    public void WriteAtomically_Link_WritesWhereItLeads()
    {
        Write("real.txt", "old");
        Link(At("link.txt"), "real.txt");

        Write("link.txt", "new");

        Assert.Equal("new", Read("real.txt"));
        Assert.Equal(At("real.txt"), Files.GetLinkTarget(At("link.txt")));
    }

    [Fact]
    public void WriteAtomically_FolderInThePlace_IsRefused()
    {
        Files.CreateDirectory(At("a"));

        Assert.ThrowsAny<SystemException>(() => Write("a", "text"));
        Assert.Empty(Files.EnumerateFiles(Root));
    }

    [Fact]
    public void WriteAtomically_FileInThePlaceOfAFolder_IsRefused()
    {
        Write("a", "text");

        Assert.ThrowsAny<IOException>(() => Write("a/b", "text"));
        Assert.Equal("text", Read("a"));
    }

    [Fact]
    public void WriteFile_ExistingLongerFile_HoldsOnlyTheNewContent()
    {
        Files.WriteFile(At("a/b.txt"), "longer"u8, flush: false);
        Files.WriteFile(At("a/b.txt"), "short"u8, flush: true);

        Assert.Equal("short", Read("a/b.txt"));
    }

    [Fact]
    public void CopyPermissions_TwoFiles_MakesThemEqual()
    {
        Write("a", "");
        Write("b", "");
        SetMode(At("a"), UnixFileMode.UserRead);

        Files.CopyPermissions(At("a"), At("b"));

        Assert.Equal(UnixFileMode.UserRead, GetMode(At("b")));
    }

    [Fact]
    public void ReadAllBytes_MissingFile_Throws()
    {
        Assert.Throws<FileNotFoundException>(() => Files.ReadAllBytes(At("missing")));
        Assert.Throws<DirectoryNotFoundException>(() => Files.ReadAllBytes(At("missing/file")));
        Assert.Throws<FileNotFoundException>(() => Files.GetSize(At("missing")));
    }

    [Fact]
    public void ReadAllBytes_Folder_Throws()
    {
        Files.CreateDirectory(At("a"));

        Assert.Throws<UnauthorizedAccessException>(() => Files.ReadAllBytes(At("a")));
    }

    [Fact]
    public void DeleteFile_MissingOrThere_IsGone()
    {
        Write("a/b", "text");
        Files.DeleteFile(At("a/b"));
        Files.DeleteFile(At("a/b"));
        Files.DeleteFile(At("x/y"));

        Assert.False(Files.FileExists(At("a/b")));
        Assert.True(Files.DirectoryExists(At("a")));
    }

    [Fact]
    public void DeleteFile_Link_RemovesTheLinkOnly()
    {
        Write("real.txt", "text");
        Link(At("link.txt"), "real.txt");

        Files.DeleteFile(At("link.txt"));

        Assert.Null(Files.GetLinkTarget(At("link.txt")));
        Assert.Equal("text", Read("real.txt"));
    }

    [Fact]
    public void DeleteEmptyDirectory_FullOrEmpty_OnlyTheEmptyGoes()
    {
        Write("full/file", "");
        Files.CreateDirectory(At("empty"));

        Files.DeleteEmptyDirectory(At("full"));
        Files.DeleteEmptyDirectory(At("empty"));
        Files.DeleteEmptyDirectory(At("missing"));

        Assert.True(Files.FileExists(At("full/file")));
        Assert.False(Files.DirectoryExists(At("empty")));
    }

    [Fact]
    public void Move_FileOntoFile_TakesItsPlace()
    {
        Write("a", "new");
        Write("b", "old");

        Files.Move(At("a"), At("b"));

        Assert.Equal("new", Read("b"));
        Assert.False(Files.FileExists(At("a")));
    }

    [Fact]
    public void Move_FileOntoLink_ReplacesTheLink()
    {
        Write("a", "new");
        Write("real", "old");
        Link(At("link"), "real");

        Files.Move(At("a"), At("link"));

        Assert.Null(Files.GetLinkTarget(At("link")));
        Assert.Equal("new", Read("link"));
        Assert.Equal("old", Read("real"));
    }

    [Fact]
    public void Move_Folder_TakesAllWithIt()
    {
        Write("a/b/c", "text");

        Files.Move(At("a"), At("z"));

        Assert.Equal(["z/b/c"], Files.EnumerateFiles(Root));
    }

    [Fact]
    public void Move_IntoMissingFolderOrOntoFolder_IsRefused()
    {
        Write("a", "text");
        Files.CreateDirectory(At("folder"));

        Assert.Throws<DirectoryNotFoundException>(() => Files.Move(At("a"), At("missing/a")));
        Assert.ThrowsAny<SystemException>(() => Files.Move(At("a"), At("folder")));
        Assert.Throws<FileNotFoundException>(() => Files.Move(At("missing"), At("b")));
        Assert.Equal("text", Read("a"));
    }

    [Fact]
    public void EnumerateFiles_Tree_IsOrderedOrdinallyWithHiddenOnesAndWithoutLinkedFolders()
    {
        foreach (var path in new[] { "b", "a/x", "a-b", "B", ".hidden/f", "a.b" }) Write(path, "");
        Link(At("linked"), "a");
        Link(At("link"), "b");

        Assert.Equal([".hidden/f", "B", "a-b", "a.b", "a/x", "b", "link"], Files.EnumerateFiles(Root));
        Assert.Equal([".hidden", "a", "linked"], Files.EnumerateDirectories(Root));
        Assert.Equal(["x"], Files.EnumerateFiles(At("a")));
    }

    [Fact]
    public void EnumerateFiles_MissingFolder_Throws()
    {
        Assert.Throws<DirectoryNotFoundException>(() => Files.EnumerateFiles(At("missing")).Count());
        Assert.Throws<DirectoryNotFoundException>(() => Files.EnumerateDirectories(At("missing")).Count());
    }

    [Fact]
    public void GetLinkTarget_LinksOfAllKinds_IsAbsolute()
    {
        Write("a/file", "");
        Link(At("a/relative"), "../b");
        Link(At("folder"), "a");
        Link(At("absolute"), "/elsewhere/x");

        Assert.Equal(At("b"), Files.GetLinkTarget(At("a/relative")));
        Assert.Equal(At("a"), Files.GetLinkTarget(At("folder")));
        Assert.Equal("/elsewhere/x", Files.GetLinkTarget(At("absolute")));
        Assert.Null(Files.GetLinkTarget(At("a")));
        Assert.Null(Files.GetLinkTarget(At("a/file")));
        Assert.Null(Files.GetLinkTarget(At("missing")));
        Assert.Null(Files.GetLinkTarget(At("folder/file")));
        Assert.True(Files.FileExists(At("folder/file")));
        Assert.False(Files.FileExists(At("absolute")));
    }

    [Fact]
    public void TryLock_HeldLock_IsRefusedUntilReleased()
    {
        var path = At("state/lock");
        using (var first = Files.TryLock(path, "first"))
        {
            Assert.NotNull(first);
            Assert.Null(Files.TryLock(path, "second"));
            Assert.Equal("first", Files.ReadLockHolder(path));
        }

        Assert.Null(Files.ReadLockHolder(path));
        using var third = Files.TryLock(path, "third");
        Assert.NotNull(third);
        Assert.Equal("third", Files.ReadLockHolder(path));
    }

    private string At(string path) => Root + "/" + path;

    private void Write(string path, string text) => Files.WriteAtomically(At(path), Encoding.UTF8.GetBytes(text));

    private string Read(string path) => Encoding.UTF8.GetString(Files.ReadAllBytes(At(path)));
}
