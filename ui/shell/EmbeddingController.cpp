// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/EmbeddingController.h"

#include "presentation/ErrorText.h"
#include "presentation/Format.h"
#include "presentation/ModelDesk.h"
#include "ui/models/EmbeddingDialog.h"
#include "ui/models/ModelButton.h"
#include "ui/models/ModelPicker.h"
#include "ui/settings/SearchPage.h"

#include <QDateTime>
#include <QWidget>

namespace lectern::ui {

using presentation::EmbeddingDesk;
using presentation::EmbeddingOffer;
using presentation::ModelChoice;

EmbeddingController::EmbeddingController(presentation::WorkspaceClient &client,
                                         presentation::ModelDesk &models, const base::Clock &clock,
                                         QWidget &window)
    : QObject(&window), m_window(window), m_models(models), m_desk(client, clock, this),
      m_picker(new ModelPicker(&window))
{
    m_picker->setObjectName(QStringLiteral("embeddingPickerPopup"));
    m_picker->setRole(ModelPicker::Role::Embedding);
    m_picker->setToday(QDateTime::fromMSecsSinceEpoch(clock.nowMs()).date());
    connect(&m_desk, &EmbeddingDesk::changed, this, &EmbeddingController::showStanding);
    connect(&m_desk, &EmbeddingDesk::failed, this, &EmbeddingController::showProblem);
    connect(&m_desk, &EmbeddingDesk::offered, this, [this](const EmbeddingOffer &offer) {
        if (m_dialog)
            m_dialog->setOffer(offer);
    });
    connect(&m_desk, &EmbeddingDesk::embedding, this, [this](int documents) {
        Q_EMIT said(documents > 0 ? tr("Embedding %1.").arg(presentation::Format::documents(documents))
                                  : tr("What is missing is being embedded already."));
    });
    connect(&m_models, &presentation::ModelDesk::changed, this, &EmbeddingController::showModels);
    connect(m_picker, &ModelPicker::modelChosen, this, [this](const QString &id) {
        if (const ModelChoice *model = find(id); model != nullptr && m_dialog)
            ask(*model);
    });
    connect(m_picker, &ModelPicker::favouriteToggled, &m_models, &presentation::ModelDesk::setFavourite);
    connect(m_picker, &ModelPicker::settingsRequested, this, [this](const QString &endpoint) {
        if (m_dialog)
            m_dialog->reject();
        Q_EMIT endpointsRequested(endpoint);
    });
    showModels();
}

void EmbeddingController::setPage(SearchPage &page)
{
    m_page = &page;
    connect(m_page, &SearchPage::watched, &m_desk, &EmbeddingDesk::watch);
    connect(m_page, &SearchPage::changeRequested, this, [this] { openDialog(proposal()); });
    connect(m_page, &SearchPage::capRequested, this, [this] {
        if (const auto &filling = m_desk.standing().filling)
            openDialog(filling->model);
    });
    connect(m_page, &SearchPage::stopRequested, &m_desk, &EmbeddingDesk::stop);
    connect(m_page, &SearchPage::goBackRequested, &m_desk, &EmbeddingDesk::goBack);
    connect(m_page, &SearchPage::missingRequested, &m_desk, &EmbeddingDesk::makeMissing);
    for (const auto signal : {&SearchPage::changeRequested, &SearchPage::stopRequested,
                              &SearchPage::goBackRequested, &SearchPage::missingRequested})
        connect(m_page, signal, m_page, [this] { m_page->setProblem({}); });
    showStanding();
}

void EmbeddingController::showStanding()
{
    if (m_page && m_desk.isKnown())
        m_page->setStanding(m_desk.standing(), m_desk.isChoosing());
}

void EmbeddingController::showProblem(const base::Error &error, const QString &what)
{
    if (m_page && m_page->isVisible())
        m_page->setProblem(presentation::ErrorText::sentence(error));
    else
        Q_EMIT failed(error, what);
}

QVector<ModelChoice> EmbeddingController::choices() const
{
    QVector<ModelChoice> choices = m_models.snapshot().embedders;
    if (!m_desk.standing().hasBuiltIn)
        choices.removeIf([](const ModelChoice &choice) { return choice.builtIn; });
    return choices;
}

void EmbeddingController::showModels()
{
    m_picker->setChoices(choices());
    m_picker->setEndpoints(m_models.snapshot().endpoints);
    if (!m_dialog)
        return;
    // Something else is known of the model that is offered: its price, most likely.
    const ModelChoice *model = find(m_dialog->offer().model.id);
    if (model != nullptr && *model != m_dialog->offer().model)
        ask(*model);
}

const ModelChoice *EmbeddingController::find(const QString &id) const
{
    for (const ModelChoice &choice : m_models.snapshot().embedders) {
        if (choice.id == id)
            return &choice;
    }
    return nullptr;
}

ModelChoice EmbeddingController::proposal() const
{
    const presentation::EmbeddingStanding &standing = m_desk.standing();
    if (standing.filling && find(standing.filling->model.id) != nullptr)
        return standing.filling->model;
    const QString serving = standing.serving ? standing.serving->model.id : QString();
    ModelChoice best;
    for (const ModelChoice &choice : choices()) {
        if (choice.id == serving || choice.unfit != ModelChoice::Unfit::None)
            continue;
        const bool isBetter = best.id.isEmpty() || (choice.favourite && !best.favourite) ||
                              (choice.favourite == best.favourite && choice.lastUsedMs > best.lastUsedMs);
        if (isBetter)
            best = choice;
    }
    return best;
}

void EmbeddingController::openDialog(const ModelChoice &model)
{
    if (!m_dialog) {
        m_dialog = new EmbeddingDialog(m_page ? m_page->window() : &m_window);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &EmbeddingDialog::decided, &m_desk, &EmbeddingDesk::choose);
        connect(m_dialog, &EmbeddingDialog::modelRequested, this, &EmbeddingController::pick);
        connect(m_dialog, &EmbeddingDialog::priceEntered, &m_models,
                [this](const QString &id, domain::Money perMillion) {
                    m_models.setPrice(id, perMillion, {}); // showModels() goes on
                });
        connect(m_dialog, &EmbeddingDialog::endpointsRequested, this, [this] {
            m_dialog->reject();
            Q_EMIT endpointsRequested({});
        });
        connect(m_dialog, &QDialog::finished, &m_desk, &EmbeddingDesk::forgetEstimate);
    }
    ask(model);
    m_dialog->open();
}

void EmbeddingController::ask(const ModelChoice &model)
{
    EmbeddingOffer offer;
    offer.model = model;
    m_dialog->setOffer(offer);
    if (!model.id.isEmpty())
        m_desk.estimate(model);
}

void EmbeddingController::pick()
{
    showModels();
    m_picker->setCurrent(m_dialog->offer().model.id);
    m_picker->openAt(m_dialog->modelButton());
}

} // namespace lectern::ui
