"""Questions, additions and verdicts in the database. Handed out by ``crm.store.database`` within a transaction."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ScalarSelect, Select, select, update
from sqlalchemy.orm import Session

from crm.domain.follow_up import Addition, Answer, FollowUps, Question, Verdict
from crm.domain.report_number import ReportNumber
from crm.store.orm import (
    AdditionPhotoRow,
    AdditionRow,
    AnswerPhotoRow,
    ComplaintRow,
    QuestionRow,
    TransferRequestRow,
    VerdictRow,
)
from crm.store.rows import storable
from crm.store.transfers import to_request


class SqlAlchemyFollowUps:
    """Implements ``crm.services.ports.FollowUpRepository``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, number: ReportNumber) -> FollowUps:
        """Return all that happened around a complaint, oldest first."""
        split = select(ComplaintRow.report_number).where(ComplaintRow.split_from == str(number))
        return FollowUps(
            questions=tuple(_question(row, number) for row in self._rows_of(QuestionRow, number)),
            additions=tuple(_addition(row) for row in self._rows_of(AdditionRow, number)),
            verdicts=tuple(_verdict(row) for row in self._rows_of(VerdictRow, number)),
            transfers=tuple(to_request(row, number) for row in self._rows_of(TransferRequestRow, number)),
            split_into=tuple(
                ReportNumber.parse(found) for found in self._session.scalars(split.order_by(ComplaintRow.id))
            ),
        )

    def ask(self, question: Question, officer_id: int | None) -> Question:
        """Keep a question and return it with its id."""
        row = QuestionRow(
            complaint_id=self._id_of(question.report_number),
            officer_id=officer_id,
            unit=question.unit,
            text=storable(question.text),
            asked_at=question.asked_at,
        )
        self._session.add(row)
        self._session.flush()
        return replace(question, question_id=row.id)

    def question(self, question_id: int) -> Question | None:
        """Return a question, which nobody else can answer within this transaction."""
        statement = (
            select(QuestionRow, ComplaintRow.report_number)
            .join(ComplaintRow, ComplaintRow.id == QuestionRow.complaint_id)
            .where(QuestionRow.id == question_id)
            .with_for_update(of=QuestionRow)
        )
        found = self._session.execute(statement).one_or_none()
        return _question(found[0], ReportNumber.parse(found[1])) if found else None

    def answer(self, question: Question) -> None:
        """Keep the answer of a question."""
        row = self._session.get_one(QuestionRow, question.question_id)
        row.answer, row.answered_at = storable(question.answer), question.answered_at
        row.photos = [AnswerPhotoRow(position=at, name=name) for at, name in enumerate(question.photos)]

    def add(self, number: ReportNumber, addition: Addition) -> None:
        """Keep what the reporter added."""
        photos = [AdditionPhotoRow(position=at, name=name) for at, name in enumerate(addition.photos)]
        row = AdditionRow(
            complaint_id=self._id_of(number), text=storable(addition.text), at=addition.at, photos=photos
        )
        self._session.add(row)

    def ask_verdict(self, number: ReportNumber, verdict: Verdict) -> None:
        """Keep that the reporter is asked whether it is done."""
        row = VerdictRow(complaint_id=self._id_of(number), unit=verdict.unit, asked_at=verdict.asked_at)
        self._session.add(row)

    def answer_verdict(self, number: ReportNumber, verdict: Verdict) -> None:
        """Keep the reporter's word about the latest "Selesai"."""
        of_complaint = select(VerdictRow.id).where(VerdictRow.complaint_id == _id(number))
        latest = of_complaint.order_by(VerdictRow.id.desc()).limit(1).scalar_subquery()
        said = {
            "answer": verdict.answer,
            "answered_at": verdict.answered_at,
            "rating": verdict.rating,
            "comment": storable(verdict.comment),
        }
        self._session.execute(update(VerdictRow).where(VerdictRow.id == latest).values(said))

    def _rows_of(self, table: Any, number: ReportNumber) -> Any:
        statement: Select[Any] = select(table).where(table.complaint_id == _id(number)).order_by(table.id)
        return self._session.scalars(statement.execution_options(populate_existing=True))

    def _id_of(self, number: ReportNumber) -> int:
        return self._session.scalars(select(_id(number))).one()


def _id(number: ReportNumber) -> ScalarSelect[int]:
    return select(ComplaintRow.id).where(ComplaintRow.report_number == str(number)).scalar_subquery()


def _question(row: QuestionRow, number: ReportNumber) -> Question:
    return Question(
        question_id=row.id,
        report_number=number,
        unit=row.unit,
        text=row.text,
        asked_at=row.asked_at,
        answer=row.answer,
        photos=tuple(photo.name for photo in row.photos),
        answered_at=row.answered_at,
    )


def _addition(row: AdditionRow) -> Addition:
    return Addition(text=row.text, photos=tuple(photo.name for photo in row.photos), at=row.at)


def _verdict(row: VerdictRow) -> Verdict:
    return Verdict(
        unit=row.unit,
        asked_at=row.asked_at,
        answer=Answer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
        rating=row.rating,
        comment=row.comment,
    )
