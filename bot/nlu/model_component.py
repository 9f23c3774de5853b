"""What the trainable components share: a ``LinearModel`` that learns, and lives in Rasa's model store.

Base of ``intent_classifier`` and ``category_classifier``; calls ``linear_model``.
"""

from abc import ABC, abstractmethod
from dataclasses import fields
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.linear_model import LinearModel, Training
from bot.nlu.reference import fingerprint_of_inputs

Component = TypeVar("Component", bound="ModelComponent")


class ModelComponent(GraphComponent, ABC):
    """A graph component around one linear model."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: LinearModel | None = None,
    ) -> None:
        """Take settings (fields of ``Training``, and what the component adds), and the model if any."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @abstractmethod
    def examples(self, training_data: TrainingData) -> tuple[list[str], list[str]]:
        """Choose the texts, in standard words, and their labels."""

    @abstractmethod
    def process(self, messages: list[Message]) -> list[Message]:
        """Set on every message what the model says about it."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Tell Rasa's cache about modules and vocabulary the model depends on."""
        return fingerprint_of_inputs()

    @classmethod
    def create(
        cls: type[Component],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Component:
        """Build the component before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Component],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Component:
        """Build the component with its trained model.

        Raises:
            ValueError, OSError: the model is not whole; the server must not start with it.
        """
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and keep the model."""
        texts, labels = self.examples(training_data)
        if len(set(labels)) < 2:
            raise ValueError(f"{type(self).__name__} needs examples of at least two labels in data/nlu/")
        known = {field.name for field in fields(Training)}
        training = Training(**{key: value for key, value in self._config.items() if key in known})
        self._model = LinearModel.train(texts, labels, training)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @property
    def model(self) -> LinearModel:
        """The trained model."""
        if self._model is None:
            raise ValueError(f"{type(self).__name__} is asked before it was trained or loaded")
        return self._model
