"""A made-up branch to try the program on: head-office-like workbooks with planted stories, and the truth."""

from workbench.sample.branch import SampleBranch, make_branch
from workbench.sample.stories import story_names
from workbench.sample.truth import PlantedStories, is_sample, read_truth

__all__ = ["PlantedStories", "SampleBranch", "is_sample", "make_branch", "read_truth", "story_names"]
