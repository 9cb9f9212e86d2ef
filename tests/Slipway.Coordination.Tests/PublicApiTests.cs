using System.Reflection;
using System.Text;
using Slipway.Coordination.Runs;
using Slipway.Testing.Repository;

namespace Slipway.Coordination.Tests;

/// <summary>The public surface is a reviewed file; SLIPWAY_UPDATE_GOLDEN=1 rewrites it.</summary>
public sealed class PublicApiTests
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(byte)] = "byte",
    };

    [Fact]
    public void Surface_OfTheLibrary_IsTheReviewedOne()
    {
        var path = RepositoryRoot.Combine("src", "Slipway.Coordination", "PublicAPI.txt");
        var actual = Describe(typeof(RunEngine).Assembly);
        if (Environment.GetEnvironmentVariable("SLIPWAY_UPDATE_GOLDEN") == "1") File.WriteAllText(path, actual);

        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type));
            if (type.BaseType is { } parent && parent != typeof(object) && !type.IsValueType) text.Append(" : ").Append(Name(parent));
            text.Append('\n');
            foreach (var member in Members(type).Distinct().Order(StringComparer.Ordinal)) text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        var constructors = type.GetConstructors(Declared).Select(constructor => $"new({Parameters(constructor)})");
        var properties = type.GetProperties(Declared).Select(property =>
            $"{Static(property.GetMethod!)}{Name(property.PropertyType)} {Indexed(property)} {{ get; {(property.SetMethod is { IsPublic: true } ? "init; " : "")}}}");
        var fields = type.GetFields(Declared).Select(field => $"const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}");
        var methods = type.GetMethods(Declared)
            .Where(method => !method.IsSpecialName || method.Name.StartsWith("op_I", StringComparison.Ordinal))
            .Where(method => method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null)
            .Where(method => method.Name is not ("ToString" or "Equals" or "GetHashCode") || method.GetBaseDefinition() == method)
            .Select(method => $"{Static(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)})");
        return constructors.Concat(properties).Concat(fields).Concat(methods);
    }

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Indexed(PropertyInfo property) =>
        property.GetIndexParameters() is [var index] ? $"this[{Name(index.ParameterType)}]" : property.Name;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter.DefaultValue)}" : "")}"));

    private static string Default(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => FormattableString.Invariant($"{value}"),
    };

    private static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsByRef) return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return $"{Name(underlying)}?";
        var name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
