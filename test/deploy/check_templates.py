"""Checks CloudFormation templates with third-party checkers. `[{"path": …, "region": …}, …]` comes in on standard input.

Prints every finding and ends with code 1 if there is one. Each checker first has to find the faults of `faulty_template`: one
that finds nothing anywhere must not pass for a check.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

from cloudformation_validate import (
    EngineConfig,
    ExternalRuleSource,
    PseudoParameterOverrides,
    RegoEngine,
    RuleFilterConfig,
    Severity,
    ValidateConfig,
)

# Rules of which every finding in these templates is false, with the reason.
excluded = {
    "W3005": "CDK makes a function depend on its role, although it refers to it as well. That is redundant, not wrong.",
    "pf-cognito-schema-standard-attr-datatype": "Reads an absent AttributeDataType as a wrong one. CDK never writes it for "
    "standard attributes, whose type Cognito knows.",
    "pf-ses-event-destination-matching-event-types-enum": "Expects the names of the SES API, such as BOUNCE. The schema of "
    "AWS::SES::ConfigurationSetEventDestination has names in camel case, which CDK writes.",
}

faulty_template = {
    "Resources": {
        "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 99999}},
        "Filter": {
            "Type": "AWS::Logs::MetricFilter",
            "Properties": {
                "LogGroupName": "group",
                "FilterPattern": "[time, level",
                "MetricTransformations": [{"MetricName": "n", "MetricNamespace": "n", "MetricValue": "1"}],
            },
        },
    }
}


def preflight_rules():
    """The rules of cdk-preflight as sources for AWS's engine, which CDK would give them to as well."""
    # Not imported, because that takes CDK for Python.
    [archive] = Path(find_spec("cdk_preflight").origin).parent.glob("_jsii/*.jsii.tgz")
    with tarfile.open(archive) as package:
        script = package.extractfile("package/lib/rules.generated.js").read().decode()

    def rows(name):
        start = f"exports.{name} = "
        return json.JSONDecoder().raw_decode(script, script.index(f"{start}[") + len(start))[0]

    return rows("BUNDLED_LIBS"), rows("BUNDLED_RULES")


def by_cfn_lint(templates):
    by_region = defaultdict(list)
    for template in templates:
        by_region[template["region"]].append(template["path"])
    for region, paths in by_region.items():
        program = Path(sys.executable).with_name("cfn-lint")
        command = [program, "--format", "json", "--regions", region, "--ignore-checks", *excluded, "--"]
        run = subprocess.run([*command, *paths], capture_output=True, text=True)
        if not run.stdout:
            sys.exit(run.stderr)
        for found in json.loads(run.stdout):
            yield found["Filename"], found["Rule"]["Id"], found["Message"]


def by_engine(templates, engine, include):
    for template in templates:
        config = ValidateConfig(
            include=include,
            exclude=RuleFilterConfig(ids=list(excluded)),
            severity_level=Severity.WARN,
            pseudo_parameter_overrides=PseudoParameterOverrides(region=template["region"]),
        )
        for found in engine.validate_template(template["path"], config).diagnostics:
            yield template["path"], found.rule_id, found.message


def by_cloudformation_validate(templates):
    return by_engine(templates, RegoEngine(), RuleFilterConfig())


def by_cdk_preflight(templates):
    libraries, rules = preflight_rules()
    types = {
        resource["Type"]
        for template in templates
        for resource in json.loads(Path(template["path"]).read_text())["Resources"].values()
    }
    # To compile all 3,000 rules takes a minute.
    needed = [rule for rule in rules if {"*", *types} & set(rule["resourceTypes"])]
    sources = [ExternalRuleSource(name=each["name"], content=each["rego"]) for each in libraries]
    sources += [ExternalRuleSource(name=rule["id"], content=rule["rego"]) for rule in needed]
    engine = RegoEngine(EngineConfig(custom_rules=sources))
    return by_engine(templates, engine, RuleFilterConfig(ids=[rule["id"] for rule in needed]))


checkers = {
    "cfn-lint": by_cfn_lint,
    "cloudformation-validate": by_cloudformation_validate,
    "cdk-preflight": by_cdk_preflight,
}


def main():
    templates = json.load(sys.stdin)
    count = 0
    with tempfile.NamedTemporaryFile("w", suffix=".json") as faulty:
        json.dump(faulty_template, faulty)
        faulty.flush()
        for name, check in checkers.items():
            if not list(check([{"path": faulty.name, "region": templates[0]["region"]}])):
                sys.exit(f"{name} finds no fault in a faulty template: it checks nothing.")
            found = list(check(templates))
            count += len(found)
            print(f"{name}: {len(found)} findings in {len(templates)} templates")
            for path, rule, message in found:
                print(f"    {Path(path).name} {rule}: {message}")
    sys.exit(1 if count else 0)


main()
