#!/usr/bin/env bash
# Packs the libraries, opens the packages, and runs the examples of their readmes in projects that know nothing but the packages: that of
# Slipway.Coordination also trimmed, with warnings as errors.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
libraries=(Slipway.Coordination Slipway.Storage)

for library in "${libraries[@]}"; do
  dotnet pack "src/$library" -c Release -v q -nologo -o "$work/feed"
  package=$(ls "$work/feed/$library".*.nupkg)
  version=$(basename "$package" .nupkg); version=${version#"$library".}
  for file in "$library.nuspec" README.md "lib/net10.0/$library.dll" "lib/net10.0/$library.xml"; do
    unzip -l "$package" "$file" >/dev/null || { echo "$package lacks $file" >&2; exit 1; }
  done
  unzip -l "$work/feed/$library.$version.snupkg" "lib/net10.0/$library.pdb" >/dev/null || { echo "$library has no symbols" >&2; exit 1; }
  for element in '<license ' '<readme>' '<description>' '<tags>' '<dependencies>'; do
    unzip -p "$package" "$library.nuspec" | grep -q "$element" || { echo "the nuspec of $library lacks $element" >&2; exit 1; }
  done

  mkdir "$work/$library"
  sed -n '/^```csharp$/,/^```$/{/^```/d;p;}' "src/$library/README.md" > "$work/$library/Program.cs"
  cat > "$work/$library/Example.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <RestoreAdditionalProjectSources>$work/feed</RestoreAdditionalProjectSources>
    <NuGetAudit>false</NuGetAudit>
    <NoWarn>NETSDK1206</NoWarn>
    <EnableTrimAnalyzer>true</EnableTrimAnalyzer>
    <EnableAotAnalyzer>true</EnableAotAnalyzer>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="$library" Version="$version" />
  </ItemGroup>
</Project>
PROJECT
  # A cache of its own, so that an older package of the same version does not stay; what else is known already is not fetched again.
  mkdir -p "$work/packages"
  printf '%s\n' '<configuration><config><add key="globalPackagesFolder" value="'"$work/packages"'" /></config>' \
    '<fallbackPackageFolders><add key="known" value="'"${NUGET_PACKAGES:-$HOME/.nuget/packages}"'" /></fallbackPackageFolders></configuration>' > "$work/$library/nuget.config"
  dotnet build "$work/$library" -v q -nologo
  said=$(cd "$work/$library" && dotnet run --no-build)
  grep -qi succeeded <<<"$said" || { echo "the example of $library said: $said" >&2; exit 1; }
  if [ "$library" = Slipway.Coordination ]; then
    dotnet publish "$work/$library" -c Release --use-current-runtime --self-contained -p:PublishTrimmed=true -p:TrimmerSingleWarn=false -p:InvariantGlobalization=true -v q -nologo -o "$work/trimmed"
    [ "$("$work/trimmed/Example")" = "$said" ] || { echo "the trimmed example of $library says something else" >&2; exit 1; }
  fi
  echo "$library $version: packed, opened, and its example said: $(head -n 1 <<<"$said")"
done
