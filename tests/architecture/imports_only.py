"""An import-linter contract: modules that import the standard library and what is named, only.

`allowed_modules` may be imported by all of them, each of `allowed_imports` ("one -> another") by
that one."""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules


class ImportsOnly(Contract):
    """Holds for every module it reaches: an allowed module of ours must keep the rule as well."""

    type_name = "imports_only"

    source_modules = fields.SetField(subfield=fields.ModuleExpressionField())
    allowed_modules = fields.SetField(subfield=fields.StringField(), required=False, default=set())
    allowed_imports = fields.SetField(subfield=fields.StringField(), required=False, default=set())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Follow the imports of the sources; the imports that are not allowed are the answer."""
        expressions: Any = self.source_modules
        modules = module_expressions_to_modules(graph, expressions, as_packages=True)
        sources = {module.name for module in modules}
        reached, waiting, broken = set(sources), sorted(sources), []
        while waiting:
            importer = waiting.pop()
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                if imported in reached or imported.split(".")[0] in sys.stdlib_module_names:
                    continue
                if self._allows_alone(importer, imported):
                    continue
                if not self._allows(imported):
                    broken.append(f"{importer} imports {imported}")
                elif not graph.is_module_squashed(imported):
                    reached.add(imported)
                    waiting.append(imported)
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line per import."""
        for line in check.metadata["broken"]:
            output.print_error(line)

    def _allows(self, module: str) -> bool:
        allowed: Any = self.allowed_modules
        return any(module == name or module.startswith(f"{name}.") for name in allowed)

    def _allows_alone(self, importer: str, imported: str) -> bool:
        allowed: Any = self.allowed_imports
        return f"{importer} -> {imported}" in allowed
