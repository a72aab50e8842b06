"""The typed names of the layers are those of the resources."""

from workbench.insight.tags.written import FOLDER, sources


def test_the_typed_names_are_written_anew_whenever_a_field_measure_or_tag_is() -> None:
    for name, text in sources().items():
        assert (FOLDER / name).read_text("utf-8") == text, f"{name}: run the writer with --update"
